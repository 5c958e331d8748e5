def bar(name):
    return f"{name}: ###"
