import importlib

NAME = "tools"


def load(name, package):
    return importlib.import_module(name, package)


def near(package):
    return importlib.import_module(".parts.one", package).NAME
