from pipelines.utils import rates
from pipelines.utils.tables.orders import COLUMNS

print(rates.factor(), COLUMNS)
