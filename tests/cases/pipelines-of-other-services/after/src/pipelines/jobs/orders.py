from pathlib import Path

from pipelines.utils.db import connect


def main():
    query = Path("sql/orders.sql").read_text()
    print(connect(), query.strip())


if __name__ == "__main__":
    main()
