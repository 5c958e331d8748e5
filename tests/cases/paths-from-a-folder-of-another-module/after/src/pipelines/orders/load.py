import os

import pipelines.utils.settings as settings
from pipelines.utils import settings as same
from pipelines.utils.settings import HERE, QUERIES, ROOT


def main(name="a"):
    print((ROOT / "src/pipelines" / "orders" / "mapping.yaml").read_text())
    print(open(settings.ROOT / "src/pipelines/orders/mapping.yaml").read())
    print(open(f"{same.ROOT}/src/pipelines/orders/sql/{name}.sql").read())
    print(open(os.path.join(HERE, "names.txt")).read(), (QUERIES / "a.sql").read_text())
    print((ROOT / "configs" / "shared.toml").read_text())


if __name__ == "__main__":
    main()
