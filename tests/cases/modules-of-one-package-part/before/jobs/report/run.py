import utils
import utils.db, utils.text
from utils import (
    # how to read
    db,  # the database
    text,
    VERSION,
)
from utils import db as storage, text as texts; from utils import read


def main():
    print(utils.VERSION, utils.db.NAME, utils.text.title("a"), utils.read(), read())
    print(db.NAME, text.title("b"), VERSION, storage.NAME, texts.title("c"))


if __name__ == "__main__":
    main()
