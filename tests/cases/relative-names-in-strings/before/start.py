import os
import subprocess
import sys
from importlib import import_module, resources

from shop import catalog
from shop.steps import steps

print(catalog.first(), catalog.second(), catalog.third(), catalog.package())
print(import_module(".parts.one", "shop").NAME, import_module("..parts.two", package="shop.parts").NAME)
print(steps.run("a"), steps.run_all())
print(resources.files("shop.sql").joinpath("orders.sql").read_text().strip())
print(resources.files("shop").joinpath("sql").joinpath("orders.sql").read_text().strip())
sys.stdout.flush()
python = os.path.basename(sys.executable)
subprocess.run("python -m lib.report --all && python3 -B -m lib.report", shell=True, check=True)
subprocess.run([sys.executable, "-m", "lib.report"], check=True)
os.system(f"python -m lib.report {len(python)} > {os.devnull}")
