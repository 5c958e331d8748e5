import json

from pipelines.utils import db

NAME = "sales.orders"


def load():
    return json.dumps([NAME, db.NAME])
