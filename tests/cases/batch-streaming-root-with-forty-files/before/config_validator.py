import os
import sys


def main():
    missing = [name for name in ("KAFKA",) if name not in os.environ]
    print("missing:", missing)
    return len(missing)


if __name__ == "__main__":
    sys.exit(main())
