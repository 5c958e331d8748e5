try:
    from jobs.report import steps
except ImportError:
    import steps
try:
    from jobs.report.steps import ORDER
except ImportError:
    from steps import ORDER
try:
    import ujson as json
except ImportError:
    import json
try:
    import utils.fast as db
except ImportError:
    import utils.db as db


def main():
    print(json.dumps([steps.ORDER, ORDER, db.read()]))


if __name__ == "__main__":
    main()
