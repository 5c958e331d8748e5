import os
import subprocess
import sys
from importlib import import_module, resources

from market import catalog
from market.steps import steps

print(catalog.first(), catalog.second(), catalog.third(), catalog.package())
print(import_module(".parts.one", "market").NAME, import_module("market.rare.second", package="market.parts").NAME)
print(steps.run("a"), steps.run_all())
print(resources.files("market.sql").joinpath("orders.sql").read_text().strip())
print(resources.files("market").joinpath("sql").joinpath("orders.sql").read_text().strip())
sys.stdout.flush()
python = os.path.basename(sys.executable)
subprocess.run("python -m market.utils.report --all && python3 -B -m market.utils.report", shell=True, check=True)
subprocess.run([sys.executable, "-m", "market.utils.report"], check=True)
os.system(f"python -m market.utils.report {len(python)} > {os.devnull}")
