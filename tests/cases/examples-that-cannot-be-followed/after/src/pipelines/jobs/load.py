from pipelines.utils.db import connect


def main():
    """Load.

    >>> from pipelines.utils.names import SERVER
    """
    print(connect())


if __name__ == "__main__":
    main()
