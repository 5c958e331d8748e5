import argparse
import logging.config
import sqlite3

import click
import pandas as pd
from dotenv import load_dotenv
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import create_engine

load_dotenv("scripts/orders/settings.env")
load_dotenv(dotenv_path="scripts/orders/settings.env")
logging.config.fileConfig("scripts/orders/logging.ini")
PAGES = Environment(loader=FileSystemLoader("scripts/orders/pages"))
BOTH = FileSystemLoader(["scripts/orders/pages", "shared_pages"])
ENGINE = create_engine("sqlite:///scripts/orders/cache.db")
CONNECTION = sqlite3.connect("scripts/orders/cache.db")
ROWS = pd.read_csv("scripts/orders/rows.csv", sep=";")
SAME = pd.read_csv(filepath_or_buffer="scripts/orders/rows.csv")
ROWS.to_csv("scripts/orders/new_rows.csv")

parser = argparse.ArgumentParser()
parser.add_argument("--settings", default="scripts/orders/logging.ini", help="scripts/orders/logging.ini")
parser.add_argument("--pages", default="scripts/orders/pages")


@click.command()
@click.option("--rows", default="scripts/orders/rows.csv")
def main(rows):
    print(rows, parser.parse_args())


if __name__ == "__main__":
    main()
