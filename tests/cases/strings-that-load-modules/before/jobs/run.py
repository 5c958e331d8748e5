import importlib
import importlib.resources as resources
import importlib.util
import os
import pkgutil
import runpy
import subprocess
import sys
from importlib import import_module as load

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

extract = importlib.import_module("steps.extract")  # found beside the script
clean = load('steps.clean', package=None)
db = importlib.import_module("""utils.db""")
text = __import__("utils.text", fromlist=["shout"])
__import__("utils.clock")
print(extract.rows(), clean.clean([None, 2]), db.NAME, text.shout("a"))
print(sys.modules["utils.clock"].NOW, "utils.clock" in sys.modules)

print(importlib.util.find_spec("utils.text") is not None)
print(runpy.run_module("steps.report")["TOTAL"])
print(pkgutil.resolve_name("utils.db:connect")())
print(pkgutil.resolve_name("utils.db.Connection.kind"))
print(resources.files("utils").joinpath("query.sql").read_text().strip())
print(pkgutil.get_data("utils", "query.sql").decode().strip())
sys.stdout.flush()
subprocess.run([sys.executable, "-m", "settings"], check=True)

name = "steps.extract" if len(sys.argv) < 9 else "steps.clean"
print(hasattr(importlib.import_module(name), "rows"))
for step in ("settings", "steps.clean"):
    importlib.import_module(step)
print(importlib.import_module("json").dumps([1]), importlib.import_module("xml.dom") is None)
