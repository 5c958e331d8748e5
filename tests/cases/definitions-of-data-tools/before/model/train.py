"""The program model/train."""


def fit():
    return "model/train"


def main():
    print(fit())


if __name__ == "__main__":
    main()
