import sys

import settings


def main():
    print("running", sys.argv[1:], settings.queries())


if __name__ == "__main__":
    main()
