"""Load orders from the files of a day."""

from shop.database import django_setup  # noqa: F401  # isort: skip
from django.apps import apps
from shop.support.commands import BaseCommand, CommandError
from django.db import IntegrityError

from shop.processors.loader import load_file


class Command(BaseCommand):
    help = "Load the orders of a day."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *args, **options):
        try:
            count = load_file(options["path"])
        except IntegrityError as error:
            raise CommandError(f"an order is there already: {error}")
        lines = apps.get_model("orders", "Line").objects.count()
        self.stdout.write(self.style.SUCCESS(f"{count} orders, {lines} lines"))


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
