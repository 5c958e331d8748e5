"""Prints what is in the tables."""
import json, utils.db
import utils.text

MODULES = [utils.db, utils.text]
ROWS = utils.db.read()


class Report:
    utils = "an attribute"

    def lines(self, rows=ROWS):
        return [utils.text.title(row) for row in rows], self.utils


def names(utils):
    return [utils.upper() for utils in utils.split()]


def late():
    import utils.db
    return f"{utils.db.NAME} of utils.db, {utils.VERSION}"


def main():
    print(json.dumps(Report().lines()), names("a b"), late(), getattr(utils, "VERSION"))
    print([module.__doc__ for module in MODULES])


if __name__ == "__main__":
    main()
