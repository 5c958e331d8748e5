import sys

sys.path += ["packages", "packages/report", "packages/shared/src"]

from ingest.load import main as load
from report.monthly import title


def main() -> None:
    print(title())
    load()


if __name__ == "__main__":
    main()
