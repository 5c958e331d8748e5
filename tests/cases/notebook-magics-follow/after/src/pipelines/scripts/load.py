"""Loads orders."""

from pipelines.utils.db import connect


def main() -> None:
    print(connect())


if __name__ == "__main__":
    main()
