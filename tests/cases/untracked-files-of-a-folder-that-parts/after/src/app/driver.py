"""Moves the day's files to the warehouse."""

import configparser
import logging.config
from pathlib import Path

from app.warehouse.upsert import upsert

config = configparser.ConfigParser()
config.read_file(open(f"{Path(__file__).parents[0]}/../config.cfg"))
logging.config.fileConfig(str(Path(__file__).resolve().parent / "resources/config/logging.ini"))


def main():
    upsert(config["BUCKET"]["LANDING_ZONE"])


if __name__ == "__main__":
    main()
