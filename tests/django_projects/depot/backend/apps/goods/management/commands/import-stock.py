from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Imports stock, by loading it."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="+")

    def handle(self, *args, **options):
        call_command("load", names=",".join(options["names"]), stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS("imported"))
