# Café
import os


def main():
    print(open('scripts/orders/sql/a.sql').read())  # scripts/orders/sql/a.sql
    print(open("""scripts/orders/sql/a.sql""").read())
    print(open(R'./scripts/orders/sql/a.sql').read())
    print(os.path.exists("scripts\\orders"), os.path.isdir(r"scripts\orders\sql"))
    print("é", open("scripts/orders/sql/a.sql").read())
    print(open("scripts/orders/"
               "sql/a.sql").read())
    print(open("scripts/\x6frders/sql/a.sql").read())


if __name__ == "__main__":
    main()
