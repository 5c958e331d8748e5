from yaml import safe_load


def read(name):
    with open(name) as file:
        return safe_load(file)
