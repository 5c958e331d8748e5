NAME = "orders"
