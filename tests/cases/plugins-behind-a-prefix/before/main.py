import importlib

from app import registry

PLUGINS = "app.plugins"


def load(name):
    module_name = f"app.plugins.{name}"
    return importlib.import_module(module_name)


for name in ("csv_files", "sources.web"):
    print(load(name).TITLE)
    print(importlib.import_module(f"{PLUGINS}.{name}").TITLE)
    print(importlib.import_module("app.plugins." + name).TITLE)
    print(importlib.import_module("app.plugins.%s" % name).TITLE)
    print(importlib.import_module("app.plugins.{}".format(name)).TITLE)

print(registry.part("first").TITLE, registry.near("second").TITLE)
