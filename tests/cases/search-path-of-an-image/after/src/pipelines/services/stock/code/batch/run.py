from pipelines.services.stock.code import settings
from pipelines.utils.clock import now

print(settings.NAME, now())
