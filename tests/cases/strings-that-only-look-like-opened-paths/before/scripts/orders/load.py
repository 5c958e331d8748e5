"""Loads scripts/orders/sql/a.sql."""
import logging

import boto3
import requests
from flask import Flask

app = Flask(__name__)
log = logging.getLogger("orders")
TABLE = "orders"
KINDS = ["sql", "orders", "utils", "scripts"]
SCHEMA = {"sql": 1, "orders/sql": 2}
QUERY = "select * from sql.orders where folder = 'scripts/orders/sql'"
URL = "https://example.org/scripts/orders/sql/a.sql"
ROUTE = "/scripts/orders/sql/a.sql"
STORE = "s3://bucket/scripts/orders/sql/a.sql"
KEY = "scripts/orders/sql/a.sql"
MODULE = "scripts.sql"
DATA = "data/raw.csv"


@app.route("/scripts/orders/sql")
def index():
    return "sql"


def load(client):
    log.info("scripts/orders/sql/a.sql")
    print("scripts/orders/sql/a.sql", "read sql from scripts/orders/sql/a.sql")
    client.put_object(Bucket="orders", Key="scripts/orders/sql/a.sql", Body=b"")
    client.upload_file("data/raw.csv", "orders", "scripts/orders/sql/a.sql")
    boto3.resource("s3").Object("orders", "scripts/orders/sql/a.sql").load()
    requests.get("scripts/orders/sql/a.sql")
    return open(DATA).read(), SCHEMA["sql"], "sql" in KINDS, "/".join(["sql", "orders"])


if __name__ == "__main__":
    load(boto3.client("s3"))
