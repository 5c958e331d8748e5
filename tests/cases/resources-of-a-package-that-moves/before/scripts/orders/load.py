import importlib.resources
import inspect
import os
import pkgutil
from importlib import resources
from pathlib import Path

HERE = os.path.dirname(inspect.getfile(inspect.currentframe()))
ROOT = Path(inspect.getfile(lambda: None)).resolve().parents[2]


def main():
    print(pkgutil.get_data(__name__, "sql/a.sql").decode())
    print((importlib.resources.files(__package__) / "sql" / "a.sql").read_text())
    print(resources.files(__package__).joinpath("sql").joinpath("a.sql").read_text())
    print(open(os.path.join(HERE, "sql", "a.sql")).read(), (ROOT / "configs" / "a.toml").read_text())


if __name__ == "__main__":
    main()
