"""The program orchestration/deployed."""


def nightly():
    return "orchestration/deployed"


def main():
    print(nightly())


if __name__ == "__main__":
    main()
