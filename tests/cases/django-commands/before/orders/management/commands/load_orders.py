from django.core.management import call_command
from django.core.management.base import CommandError  # raised for the user

from orders.loading import LoadCommand


class Command(LoadCommand):
    help = "Load orders from a file."

    def handle(self, *args, **options):
        rows = self.rows(options["file"])
        if not rows:
            raise CommandError("no orders")
        self.stdout.write(self.style.SUCCESS(f"{len(rows)} orders"))
        call_command("summarise", str(len(rows)), verbosity=options["verbosity"])
