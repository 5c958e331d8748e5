import utils.db
import utils.text

__all__ = ["utils", "show"]


def show():
    print(utils.db.read())
