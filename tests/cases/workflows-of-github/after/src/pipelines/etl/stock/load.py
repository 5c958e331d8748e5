from pipelines.utils.db import connect


def main():
    print("stock", connect())


if __name__ == "__main__":
    main()
