from utils.db import connect


def load():
    return connect()


def main():
    print(load())


if __name__ == "__main__":
    main()
