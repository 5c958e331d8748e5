import importlib

from pipelines.app import registry

PLUGINS = "pipelines.plugins"


def load(name):
    module_name = f"pipelines.plugins.{name}"
    return importlib.import_module(module_name)


for name in ("csv_files", "sources.web"):
    print(load(name).TITLE)
    print(importlib.import_module(f"{PLUGINS}.{name}").TITLE)
    print(importlib.import_module("pipelines.plugins." + name).TITLE)
    print(importlib.import_module("pipelines.plugins.%s" % name).TITLE)
    print(importlib.import_module("pipelines.plugins.{}".format(name)).TITLE)

print(registry.part("first").TITLE, registry.near("second").TITLE)
