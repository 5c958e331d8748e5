from pipelines import utils
import pipelines.storage.db, pipelines.utils.text
from pipelines.storage import (
    # how to read
    db,  # the database
)
from pipelines.utils import text, VERSION
from pipelines.storage import db as storage; from pipelines.utils import text as texts; from pipelines.utils import read


def main():
    print(utils.VERSION, pipelines.storage.db.NAME, pipelines.utils.text.title("a"), utils.read(), read())
    print(db.NAME, text.title("b"), VERSION, storage.NAME, texts.title("c"))


if __name__ == "__main__":
    main()
