from ingest.s3.client import fetch
from shared.names import clean


def main() -> None:
    print([clean(name) for name in fetch("in")])


if __name__ == "__main__":
    main()
