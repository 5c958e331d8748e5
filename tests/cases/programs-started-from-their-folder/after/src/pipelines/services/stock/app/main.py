from pipelines.services.stock.app.settings import NAME
from pipelines.services.stock import helpers

print(NAME, helpers.SIGN)
