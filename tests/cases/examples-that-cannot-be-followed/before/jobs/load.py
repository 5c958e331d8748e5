import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from utils.db import connect


def main():
    """Load.

    >>> from names import SERVER
    """
    print(connect())


if __name__ == "__main__":
    main()
