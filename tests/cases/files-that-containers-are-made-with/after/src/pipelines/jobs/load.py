def load() -> int:
    return 3


print(load())
