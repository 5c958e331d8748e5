import os
from pathlib import Path

SQL_DIR = "scripts/orders/sql"
PAGES = Path("scripts/orders") / "pages"
NAMES = ("scripts/orders/sql/a.sql", "scripts/orders/sql/b.sql")
SETTINGS = {"sql_dir": "scripts/orders/sql", "mapping": "scripts/orders/mapping.yaml"}


def read(path):
    with open(path) as file:
        return file.read()


def query(name, folder=SQL_DIR):
    return read(f"{folder}/{name}.sql")


def page(name, folder="scripts/orders/pages"):
    return read(os.path.join(folder, name + ".html"))


class Loader:
    where = "scripts/orders/sql"

    def __init__(self, pages=PAGES):
        self.pages = pages
        self.mapping = None or "scripts/orders/mapping.yaml"

    def load(self):
        print(read(self.where + "/a.sql"), read(self.pages / "a.html"), read(self.mapping))


def main():
    print(query("a"), page("a"), "%s/a.sql" % SQL_DIR == f"{SQL_DIR}/a.sql")
    for name in NAMES:
        print(read(name))
    print(read(SETTINGS["mapping"]))
    Loader().load()


if __name__ == "__main__":
    main()
