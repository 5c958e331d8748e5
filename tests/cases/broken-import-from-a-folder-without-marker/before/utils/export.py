from pad.common import units
from pad.common.kinds import KIND

print(units.U, KIND)
