from . import names
from .names import FIRST
from .shape.sizes import LARGE as size


def load():
    return names.FIRST, FIRST, size
