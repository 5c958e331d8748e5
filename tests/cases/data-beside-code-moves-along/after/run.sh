python -m pipelines.orders_sync.sync
