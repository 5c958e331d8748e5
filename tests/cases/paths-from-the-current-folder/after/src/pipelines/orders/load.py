import glob
import io
import os
from pathlib import Path

ROOT_RELATIVE = "./src/pipelines/orders/resources/config/mapping.yaml"


def main(name="a.sql"):
    print(open("src/pipelines/orders/resources/config/mapping.yaml").read())
    print(io.open('src/pipelines/orders/resources/config/mapping.yaml').read())
    print((Path("src/pipelines") / "orders" / "sql" / name).read_text())
    print(Path("src/pipelines/orders/sql", name).read_text())
    print(Path("src/pipelines/orders").joinpath("sql", name).read_text())
    print(open(os.path.join("src/pipelines", "orders", "sql", name)).read())
    print(open(os.path.join("src/pipelines/orders/sql/", name)).read())
    print(open(r"src/pipelines/orders/sql/a.sql").read())
    print(open(ROOT_RELATIVE).read())
    print(open(f"src/pipelines/orders/sql/{name}").read())
    print(open("src/pipelines/orders/sql/%s" % name).read())
    print(open("src/pipelines/orders/sql/{}".format(name)).read())
    print(open("src/pipelines/orders/sql/" + name).read())
    print(sorted(map(os.path.basename, glob.glob("src/pipelines/orders/sql/*.sql"))))
    print(sorted(path.name for path in Path("src/pipelines/orders/sql").glob("*.sql")))
    print(sorted(os.listdir("./src/pipelines/orders/sql/")))
    print(os.path.exists("src/pipelines/orders/sql/c.sql"), os.path.isdir("src/pipelines/orders/sql"))
    print((Path.cwd() / "src/pipelines/orders/resources/config/mapping.yaml").read_text())
    print(os.environ.get("MAPPING", "src/pipelines/orders/resources/config/mapping.yaml").rpartition("/")[2])
    print(Path("configs/shared.toml").read_text(), Path("out") / "today.csv")


if __name__ == "__main__":
    main()
