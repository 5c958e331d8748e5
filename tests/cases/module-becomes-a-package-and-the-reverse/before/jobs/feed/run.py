from . import load
from .shape import BOTH, sizes
from .shape.sizes import SMALL

print(load.load(), BOTH, sizes.LARGE, SMALL)
