def net(price):
    return -price
