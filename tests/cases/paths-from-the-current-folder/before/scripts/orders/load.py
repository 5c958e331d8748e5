import glob
import io
import os
from pathlib import Path

ROOT_RELATIVE = "./scripts/orders/mapping.yaml"


def main(name="a.sql"):
    print(open("scripts/orders/mapping.yaml").read())
    print(io.open('scripts/orders/mapping.yaml').read())
    print((Path("scripts") / "orders" / "sql" / name).read_text())
    print(Path("scripts/orders/sql", name).read_text())
    print(Path("scripts/orders").joinpath("sql", name).read_text())
    print(open(os.path.join("scripts", "orders", "sql", name)).read())
    print(open(os.path.join("scripts/orders/sql/", name)).read())
    print(open(r"scripts/orders/sql/a.sql").read())
    print(open(ROOT_RELATIVE).read())
    print(open(f"scripts/orders/sql/{name}").read())
    print(open("scripts/orders/sql/%s" % name).read())
    print(open("scripts/orders/sql/{}".format(name)).read())
    print(open("scripts/orders/sql/" + name).read())
    print(sorted(map(os.path.basename, glob.glob("scripts/orders/sql/*.sql"))))
    print(sorted(path.name for path in Path("scripts/orders/sql").glob("*.sql")))
    print(sorted(os.listdir("./scripts/orders/sql/")))
    print(os.path.exists("scripts/orders/sql/c.sql"), os.path.isdir("scripts/orders/sql"))
    print((Path.cwd() / "scripts" / "orders" / "mapping.yaml").read_text())
    print(os.environ.get("MAPPING", "scripts/orders/mapping.yaml").rpartition("/")[2])
    print(Path("configs/shared.toml").read_text(), Path("out") / "today.csv")


if __name__ == "__main__":
    main()
