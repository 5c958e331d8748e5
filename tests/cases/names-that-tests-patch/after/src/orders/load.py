from orders.utils import warehouse
from orders.utils.settings import LIMITS


def load(rows):
    return warehouse.write(rows[: LIMITS["rows"]])


if __name__ == "__main__":
    print(load([1, 2, 3]))
