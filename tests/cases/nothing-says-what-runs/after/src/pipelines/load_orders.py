from pipelines.utils import common_db
from pipelines import extract_orders


def main():
    extract_orders.main()
    print(common_db.connect())


if __name__ == "__main__":
    main()
