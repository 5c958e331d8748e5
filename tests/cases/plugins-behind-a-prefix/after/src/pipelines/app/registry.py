from importlib import import_module


def part(name):
    return import_module(f"pipelines.parts.part_{name}", __package__)


def near(name):
    return import_module(f".part_{name}", "pipelines.parts")
