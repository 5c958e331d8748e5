from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from clients.rates import RatesClient


class Command(BaseCommand):
    help = "Imports everything, and says what customs it costs."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*")

    def handle(self, *args, **options):
        client = RatesClient()
        try:
            total = sum(map(client.rate, options["names"]))
        except LookupError as error:
            raise CommandError(error, returncode=6)
        if options["names"]:
            call_command("import-stock", *options["names"], stdout=self.stdout)
        return f"{total}"
