import os
from pathlib import Path

SQL_DIR = "src/pipelines/orders/sql"
PAGES = Path("src/pipelines/orders") / "pages"
NAMES = ("src/pipelines/orders/sql/a.sql", "src/pipelines/orders/sql/b.sql")
SETTINGS = {"sql_dir": "src/pipelines/orders/sql", "mapping": "src/pipelines/orders/mapping.yaml"}


def read(path):
    with open(path) as file:
        return file.read()


def query(name, folder=SQL_DIR):
    return read(f"{folder}/{name}.sql")


def page(name, folder="src/pipelines/orders/pages"):
    return read(os.path.join(folder, name + ".html"))


class Loader:
    where = "src/pipelines/orders/sql"

    def __init__(self, pages=PAGES):
        self.pages = pages
        self.mapping = None or "src/pipelines/orders/mapping.yaml"

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
