import importlib.resources
import inspect
import os
import pkgutil
from importlib import resources
from pathlib import Path

HERE = os.path.dirname(inspect.getfile(inspect.currentframe()))
ROOT = Path(__file__).resolve().parents[3]


def main():
    print(pkgutil.get_data(__name__, "resources/sql/a.sql").decode())
    print((importlib.resources.files(__package__) / "resources/sql" / "a.sql").read_text())
    print(resources.files(__package__).joinpath("resources/sql").joinpath("a.sql").read_text())
    print(open(os.path.join(HERE, "resources/sql/a.sql")).read(), (ROOT / "configs" / "a.toml").read_text())


if __name__ == "__main__":
    main()
