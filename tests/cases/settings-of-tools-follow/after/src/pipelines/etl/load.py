from pathlib import Path

QUERY = (Path(__file__).parent / "resources/sql/orders.sql").read_text()


def main() -> None:
    print(QUERY.strip())


if __name__ == "__main__":
    main()
