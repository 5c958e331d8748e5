python scripts/orders-sync/sync.py
