"""Load the orders."""

import tidy


def main():
    print(tidy.tidy())


def show():
    print("shown")


if __name__ == "__main__":
    main()
