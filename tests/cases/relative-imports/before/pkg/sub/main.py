from . import near
from .near import NEAR
from ..top import TOP
from .. import top as t

print(near.NEAR, NEAR, TOP, t.TOP)
