import json

from utils import db

NAME = "sales.orders"


def load():
    return json.dumps([NAME, db.NAME])
