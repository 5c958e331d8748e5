from pipelines.etl.pad.common import units
from pipelines.etl.pad.common.kinds import KIND

print(units.U, KIND)
