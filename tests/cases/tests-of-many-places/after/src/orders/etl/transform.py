def with_total(order):
    return {**order, "total": int(order["count"]) * int(order["price"])}
