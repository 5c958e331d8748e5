from importlib import import_module


def load(dotted):
    try:
        return import_module(dotted)
    except ImportError:
        module, _, name = dotted.rpartition(".")
        return getattr(import_module(module), name)
