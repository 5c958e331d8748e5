from io import StringIO

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from .labels import Command as Labels


class Command(BaseCommand):
    help = "Calls other commands."

    def add_arguments(self, parser):
        parser.add_argument("--day", default="2024-05-01")

    def handle(self, *args, **options):
        call_command("plain", options["day"], limit=3, stdout=self.stdout)
        heard = StringIO()
        result = call_command(Labels(), "a", "b", upper=True, stdout=heard)
        self.stdout.write(f"{result!r} {heard.getvalue()!r}")
        call_command("plain", options["day"], "--dry-run", verbosity=options["verbosity"])
        for wrong in (["plain"], ["nowhere"], ["plain", "today", "--nonsense"], ["failing", "own"]):
            try:
                call_command(*wrong, stderr=heard)
            except CommandError as error:
                self.stderr.write(f"{type(error).__name__}: {error} {error.returncode}")
        call_command("failing", "with-status", status=6)
