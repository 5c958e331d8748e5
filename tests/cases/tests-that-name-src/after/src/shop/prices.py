RATE = 2


def gross(net: int) -> int:
    return net * RATE
