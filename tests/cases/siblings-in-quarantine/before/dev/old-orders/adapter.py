from order_mapper import mapped


def adapt(order: str) -> str:
    return mapped(order)
