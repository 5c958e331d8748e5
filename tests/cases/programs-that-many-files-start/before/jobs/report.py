from utils.orders import clean


def main() -> None:
    print(clean(["a", ""]))


if __name__ == "__main__":
    main()
