from pipelines.etl import __version__


def main() -> None:
    print("report of", __version__)


if __name__ == "__main__":
    main()
