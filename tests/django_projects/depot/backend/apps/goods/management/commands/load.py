from django.core.management.base import BaseCommand

from ...services.shelves import label
from . import _reading
from .steps import counted


class Command(BaseCommand):
    help = "Loads goods into the depot."

    def add_arguments(self, parser):
        parser.add_argument("--names", default="shoes, hats", type=str)
        parser.add_argument("--into", choices=["stock", "yard"], default="stock")

    def handle(self, *args, **options):
        for number, name in counted(_reading.names(options["names"])).items():
            self.stdout.write(f"{options['into']}: {label(number, name)}")
