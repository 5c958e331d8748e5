import logging
from importlib import import_module, resources

logger = logging.getLogger(__name__)
LABEL = "%s:1" % __name__.rpartition(".")[2]
PACKAGE = __package__
child = logging.getLogger(f"{__name__}.child")
SELF = import_module(__name__)
NEAR = import_module(".registry", __package__)
FILES = resources.files(__package__)

if __name__ == "__main__":
    print("started alone")
if __name__ != "__main__" and NEAR:
    pass


def by_name(function):
    return function.__name__, function.__qualname__
