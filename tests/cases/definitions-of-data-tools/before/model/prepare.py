"""The program model/prepare."""


def clean():
    return "model/prepare"


def main():
    print(clean())


if __name__ == "__main__":
    main()
