def load_orders():
    return ["orders"]
