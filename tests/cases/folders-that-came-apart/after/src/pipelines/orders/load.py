import os
import sys
from pathlib import Path

from pandas import read

QUERIES = "scripts/orders"


def main(name, root):
    print(os.listdir("scripts/orders"))
    print(Path(QUERIES) / name)
    read(os.path.join(root, "scripts", "orders", "a.sql"))
    print(Path("src/pipelines/orders/a.sql").read_text())
    print({"scripts/orders/a.sql": 1})
    return f"scripts/orders/{name}.sql"


if __name__ == "__main__":
    main(*sys.argv[1:])
