from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class ShopCommand(BaseCommand):
    """What all commands of the shop have: a day, a currency, and a last line."""

    last_line = "done"

    def add_arguments(self, parser):
        parser.add_argument("--day", default="today", help="which day (default: %(default)s)")
        parser.add_argument(
            "--currency", choices=sorted(settings.CURRENCIES), default=settings.DEFAULT_CURRENCY
        )

    def handle(self, *args, **options):
        if options["verbosity"] > 1:
            self.stdout.write(self.style.MIGRATE_HEADING(f"{options['day']}, {options['currency']}"))
        self.run(*args, **options)
        if options["verbosity"] > 0:
            self.stdout.write(self.style.SUCCESS(self.last_line))

    def run(self, *args, **options):
        raise CommandError(f"{type(self).__module__.rpartition('.')[2]} does nothing yet")

    def places(self, options):
        return settings.CURRENCIES[options["currency"]]
