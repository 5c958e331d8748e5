from bootstrap import use_library

use_library()

from names import NAME

if __name__ == "__main__":
    print(NAME)
