def ensure():
    return 1
