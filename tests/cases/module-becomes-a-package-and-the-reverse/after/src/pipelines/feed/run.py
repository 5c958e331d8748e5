from . import load
from .shape import BOTH
from pipelines.feed import sizes
from pipelines.feed.sizes import SMALL

print(load.load(), BOTH, sizes.LARGE, SMALL)
