import argparse
import logging.config
import sqlite3

import click
import pandas as pd
from dotenv import load_dotenv
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import create_engine

load_dotenv("src/pipelines/orders/settings.env")
load_dotenv(dotenv_path="src/pipelines/orders/settings.env")
logging.config.fileConfig("src/pipelines/orders/logging.ini")
PAGES = Environment(loader=FileSystemLoader("src/pipelines/orders/pages"))
BOTH = FileSystemLoader(["src/pipelines/orders/pages", "shared_pages"])
ENGINE = create_engine("sqlite:///src/pipelines/orders/cache.db")
CONNECTION = sqlite3.connect("src/pipelines/orders/cache.db")
ROWS = pd.read_csv("src/pipelines/orders/rows.csv", sep=";")
SAME = pd.read_csv(filepath_or_buffer="src/pipelines/orders/rows.csv")
ROWS.to_csv("src/pipelines/orders/new_rows.csv")

parser = argparse.ArgumentParser()
parser.add_argument("--settings", default="src/pipelines/orders/logging.ini", help="scripts/orders/logging.ini")
parser.add_argument("--pages", default="src/pipelines/orders/pages")


@click.command()
@click.option("--rows", default="src/pipelines/orders/rows.csv")
def main(rows):
    print(rows, parser.parse_args())


if __name__ == "__main__":
    main()
