"""The feed of orders. Knows nothing of the web."""

import csv
import logging
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from common.batches import in_batches

logger = logging.getLogger(__name__)


class FeedError(Exception):
    def __init__(self, line, message):
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass
class OrderLine:
    number: str
    day: str
    amount: Decimal


class OrderFeed:
    """Reads a file of orders, and adds them up."""

    def __init__(self, path, columns, places=2, skip=()):
        self.path = path
        self.columns = columns
        self.places = places
        self.skip = set(skip)

    def lines(self):
        with open(self.path, newline="", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if set(self.columns) - row.keys():
                    raise FeedError(number, f"expected {', '.join(self.columns)}")
                if row["number"] in self.skip:
                    logger.warning("%s is left out", row["number"])
                    continue
                try:
                    amount = round(Decimal(row["amount"]), self.places)
                except InvalidOperation:
                    raise FeedError(number, f"{row['amount']!r} is no amount") from None
                yield OrderLine(row["number"], row["day"], amount)

    def batches(self, size):
        logger.info("in batches of %d", size)
        return in_batches(self.lines(), size)

    def total(self):
        return sum((line.amount for line in self.lines()), Decimal(0))
