"""Load the orders."""


def main():
    print("loaded")


if __name__ == "__main__":
    main()
