from . import near
from .near import NEAR
from pipelines.shared.top import TOP
from pipelines.shared import top as t

print(near.NEAR, NEAR, TOP, t.TOP)
