import logging
import logging.config
import sys

from etl import load
from shop import orders

logging.config.dictConfig(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "etl.formatting.Upper", "format": "%(levelname)s %(message)s"}},
        "filters": {"short": {"()": "ext://etl.formatting.short"}},
        "handlers": {
            "out": {
                "class": "etl.formatting.Handler",
                "formatter": "json",
                "filters": ["short"],
                "stream": "ext://sys.stdout",
            },
            "plain": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"},
        },
        "loggers": {
            "etl": {"level": "INFO", "propagate": False, "handlers": ["out"]},
            "etl.load": {"level": "DEBUG"},
            "shop": {"level": "INFO", "handlers": ["plain"]},
            "urllib3": {"level": "ERROR"},
        },
    }
)
logging.getLogger("shop.orders").setLevel(logging.WARNING)
logging.getLogger("etl.formatting").setLevel("CRITICAL")
logging.getLogger(name="etl").info("started")

load.load()
orders.count()
sys.exit(0)
