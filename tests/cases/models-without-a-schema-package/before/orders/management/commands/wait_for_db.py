import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, connections


class Command(BaseCommand):
    help = "Wait for the database."

    def handle(self, **options):
        for _ in range(10):
            try:
                connections["default"].ensure_connection()
                return
            except OperationalError:
                time.sleep(1)
