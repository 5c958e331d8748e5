import logging
import logging.config
import sys

from pipelines.etl import load
from pipelines.shop import orders

logging.config.dictConfig(
    {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "pipelines.etl.formatting.Upper", "format": "%(levelname)s %(message)s"}},
        "filters": {"short": {"()": "ext://pipelines.etl.formatting.short"}},
        "handlers": {
            "out": {
                "class": "pipelines.etl.formatting.Handler",
                "formatter": "json",
                "filters": ["short"],
                "stream": "ext://sys.stdout",
            },
            "plain": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"},
        },
        "loggers": {
            "pipelines.etl": {"level": "INFO", "propagate": False, "handlers": ["out"]},
            "pipelines.etl.load": {"level": "DEBUG"},
            "shop": {"level": "INFO", "handlers": ["plain"]},
            "urllib3": {"level": "ERROR"},
        },
    }
)
logging.getLogger("shop.orders").setLevel(logging.WARNING)
logging.getLogger("pipelines.etl.formatting").setLevel("CRITICAL")
logging.getLogger(name="pipelines.etl").info("started")

load.load()
orders.count()
sys.exit(0)
