import time

from shop.support.commands import BaseCommand
from shop.database import django_setup  # noqa: F401  # isort: skip
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


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
