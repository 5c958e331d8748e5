import logging
import re
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand

from goods.services import shelves

logger = logging.getLogger("billing")


def month(text):
    if not re.fullmatch(r"\d{4}-\d\d", text):
        raise ArgumentTypeError(f"{text!r} is no month")
    return text


class Command(BaseCommand):
    help = "Writes the invoices of a month."

    def add_arguments(self, parser):
        parser.add_argument("month", type=month)
        parser.add_argument("--shelf", dest="shelves", action="append", type=int, default=None)

    def handle(self, *args, **options):
        for number in options["shelves"] or [0]:
            self.stdout.write(f"{options['month']} {shelves.shelf_of(number)}")
        logger.warning("nothing was sent")
