from . import sizes
from .sizes import LARGE, SMALL
from .names import FIRST

BOTH = [LARGE, SMALL, FIRST, sizes.SMALL]
