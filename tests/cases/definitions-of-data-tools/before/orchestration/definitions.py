"""The program orchestration/definitions."""


def Launcher():
    return "orchestration/definitions"


def main():
    print(Launcher())


if __name__ == "__main__":
    main()
