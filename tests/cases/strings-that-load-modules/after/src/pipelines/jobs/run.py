import importlib
import importlib.resources as resources
import importlib.util
import pkgutil
import runpy
import subprocess
import sys
from importlib import import_module as load

extract = importlib.import_module("pipelines.steps.extract")  # found beside the script
clean = load('pipelines.steps.clean', package=None)
db = importlib.import_module("""pipelines.utils.db""")
text = __import__("pipelines.utils.text", fromlist=["shout"])
__import__("pipelines.utils.clock")
print(extract.rows(), clean.clean([None, 2]), db.NAME, text.shout("a"))
print(sys.modules["pipelines.utils.clock"].NOW, "pipelines.utils.clock" in sys.modules)

print(importlib.util.find_spec("pipelines.utils.text") is not None)
print(runpy.run_module("pipelines.steps.report")["TOTAL"])
print(pkgutil.resolve_name("pipelines.utils.db:connect")())
print(pkgutil.resolve_name("pipelines.utils.db.Connection.kind"))
print(resources.files("pipelines.utils").joinpath("query.sql").read_text().strip())
print(pkgutil.get_data("pipelines.utils", "query.sql").decode().strip())
sys.stdout.flush()
subprocess.run([sys.executable, "-m", "pipelines.settings"], check=True)

name = "pipelines.steps.extract" if len(sys.argv) < 9 else "pipelines.steps.clean"
print(hasattr(importlib.import_module(name), "rows"))
for step in ("pipelines.settings", "pipelines.steps.clean"):
    importlib.import_module(step)
print(importlib.import_module("json").dumps([1]), importlib.import_module("xml.dom") is None)
