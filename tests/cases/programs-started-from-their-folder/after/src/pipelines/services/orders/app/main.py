from pipelines.services.orders.app.settings import NAME

print(NAME)
