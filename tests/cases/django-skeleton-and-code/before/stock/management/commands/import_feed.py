from django.core.management.base import BaseCommand

from stock.feed import read


class Command(BaseCommand):
    help = "Read a feed of items"

    def add_arguments(self, parser):
        parser.add_argument("feed")

    def handle(self, *args, **options):
        for sku, amount in read(options["feed"]):
            self.stdout.write(f"{sku} {amount}")
