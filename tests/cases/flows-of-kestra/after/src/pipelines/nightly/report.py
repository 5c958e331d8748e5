"""Report what was loaded."""


def summary():
    return "all orders"


def main():
    print("report", summary())


if __name__ == "__main__":
    main()
