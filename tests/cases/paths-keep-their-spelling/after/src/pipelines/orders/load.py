# Café
import os


def main():
    print(open('src/pipelines/orders/sql/a.sql').read())  # scripts/orders/sql/a.sql
    print(open("""src/pipelines/orders/sql/a.sql""").read())
    print(open(R'./src/pipelines/orders/sql/a.sql').read())
    print(os.path.exists("src\\pipelines\\orders"), os.path.isdir(r"src\pipelines\orders\sql"))
    print("é", open("src/pipelines/orders/sql/a.sql").read())
    print(open("scripts/orders/"
               "sql/a.sql").read())
    print(open("src/pipelines/orders/sql/a.sql").read())


if __name__ == "__main__":
    main()
