from pathlib import Path


def main():
    print("queries:", sorted(path.name for path in Path(__file__).parent.glob("sql/*.sql")))


if __name__ == "__main__":
    main()
