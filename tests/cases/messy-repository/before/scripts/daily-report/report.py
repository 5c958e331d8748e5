import sys, os
sys.path.append(os.path.join(os.path.dirname(__file__), "..", "..", "utils"))
import db_helper as db

QUERY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "sql", "report.sql")


def main():
    for customer, quantity in db.connect().execute(open(QUERY).read()):
        print(f"{customer:<10}{quantity:>5}")


if __name__ == "__main__":
    sys.exit(main())
