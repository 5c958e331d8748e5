import pickle

KNOWN = {}


def register(cls):
    KNOWN[f"{cls.__module__}.{cls.__qualname__}"] = cls
    return cls


@register
class First:
    pass


def names():
    return len(KNOWN)


def load(path):
    with open(path, "rb") as file:
        return pickle.load(file)
