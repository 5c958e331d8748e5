"""Prints what is in the tables."""
import json, pipelines.utils.db
import pipelines.utils.text

MODULES = [pipelines.utils.db, pipelines.utils.text]
ROWS = pipelines.utils.db.read()


class Report:
    utils = "an attribute"

    def lines(self, rows=ROWS):
        return [pipelines.utils.text.title(row) for row in rows], self.utils


def names(utils):
    return [utils.upper() for utils in utils.split()]


def late():
    import pipelines.utils.db
    return f"{pipelines.utils.db.NAME} of utils.db, {pipelines.utils.VERSION}"


def main():
    print(json.dumps(Report().lines()), names("a b"), late(), getattr(pipelines.utils, "VERSION"))
    print([module.__doc__ for module in MODULES])


if __name__ == "__main__":
    main()
