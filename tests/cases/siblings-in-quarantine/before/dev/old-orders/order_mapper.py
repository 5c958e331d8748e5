def mapped(order: str) -> str:
    return order.upper()
