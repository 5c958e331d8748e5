import common_db
import extract_orders


def main():
    extract_orders.main()
    print(common_db.connect())


if __name__ == "__main__":
    main()
