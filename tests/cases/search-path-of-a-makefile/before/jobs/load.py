import rates
from tables.orders import COLUMNS

print(rates.factor(), COLUMNS)
