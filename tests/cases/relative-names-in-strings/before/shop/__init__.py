from importlib import import_module

one = import_module(".parts.one", __name__)
