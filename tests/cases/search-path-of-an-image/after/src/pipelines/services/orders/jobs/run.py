from pipelines.services.orders.core import settings

print(settings.NAME)
