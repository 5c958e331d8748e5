from django.core.management.base import BaseCommand

from parcels.labels import in_order


class Command(BaseCommand):
    help = "Prints labels in the order of their numbers."

    def add_arguments(self, parser):
        parser.add_argument("labels", nargs="+")

    def handle(self, *args, **options):
        for label in in_order(options["labels"]):
            self.stdout.write(label)
