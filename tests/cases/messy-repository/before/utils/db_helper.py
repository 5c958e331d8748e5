import os
import sqlite3

try:
    import tomllib
except ImportError:
    import tomli as tomllib

BASE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def path():
    with open(os.path.join(BASE, "configs", "settings.toml"), "rb") as file:
        return os.path.join(BASE, tomllib.load(file)["database"]["path"])


def connect():
    connection = sqlite3.connect(path())
    connection.execute(
        "create table if not exists orders (order_id text primary key, customer text, quantity int)"
    )
    return connection
