from common import warehouse
from common.settings import LIMITS


def load(rows):
    return warehouse.write(rows[: LIMITS["rows"]])


if __name__ == "__main__":
    print(load([1, 2, 3]))
