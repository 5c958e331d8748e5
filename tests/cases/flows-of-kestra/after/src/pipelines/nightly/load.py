"""Load last night's orders."""

from pipelines.utils.db import address


def main():
    print("load into", address())


if __name__ == "__main__":
    main()
