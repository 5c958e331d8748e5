FIELDS = ["id"]


def read():
    return [{"id": 1}, {}]
