try:
    from pipelines.report import steps
except ImportError:
    from pipelines.report import steps
try:
    from pipelines.report.steps import ORDER
except ImportError:
    from pipelines.report.steps import ORDER
try:
    import ujson as json
except ImportError:
    import json
try:
    import utils.fast as db
except ImportError:
    import pipelines.utils.db as db


def main():
    print(json.dumps([steps.ORDER, ORDER, db.read()]))


if __name__ == "__main__":
    main()
