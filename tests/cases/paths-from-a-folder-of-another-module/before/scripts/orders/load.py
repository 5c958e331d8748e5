import os

import utils.settings as settings
from utils import settings as same
from utils.settings import HERE, QUERIES, ROOT


def main(name="a"):
    print((ROOT / "scripts" / "orders" / "mapping.yaml").read_text())
    print(open(settings.ROOT / "scripts/orders/mapping.yaml").read())
    print(open(f"{same.ROOT}/scripts/orders/sql/{name}.sql").read())
    print(open(os.path.join(HERE, "names.txt")).read(), (QUERIES / "a.sql").read_text())
    print((ROOT / "configs" / "shared.toml").read_text())


if __name__ == "__main__":
    main()
