from shop.prices import gross


def main() -> None:
    print(gross(2))


if __name__ == "__main__":
    main()
