def three():
    return 33
