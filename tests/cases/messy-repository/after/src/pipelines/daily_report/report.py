import sys, os
import pipelines.utils.db_helper as db

QUERY = os.path.abspath(os.path.join(os.path.dirname(__file__), "resources", "sql", "report.sql"))


def main():
    for customer, quantity in db.connect().execute(open(QUERY).read()):
        print(f"{customer:<10}{quantity:>5}")


if __name__ == "__main__":
    sys.exit(main())
