import sys

from django.core.management.base import BaseCommand, CommandError, SystemCheckError


class TooMany(CommandError):
    pass


class Command(BaseCommand):
    help = "Fails in the way that it is told."

    def add_arguments(self, parser):
        parser.add_argument("how", nargs="?")
        parser.add_argument("--status", type=int, default=1)

    def handle(self, *args, how, **options):
        self.stdout.write("begun")
        ways = {
            "plainly": CommandError("it went wrong"),
            "with-status": CommandError("it went wrong", returncode=options["status"]),
            "own": TooMany("too many of them", returncode=4),
            "checks": SystemCheckError("checks failed\nhere and there"),
            "nothing": CommandError(),
            "several": CommandError("one", 2),
            "value": ValueError("a bug"),
            "interrupt": KeyboardInterrupt(),
            "exit": SystemExit(3),
            "exit-message": SystemExit("goodbye"),
            "exit-none": SystemExit(),
        }
        if how == "caught":
            try:
                raise CommandError("inner", returncode=9)
            except CommandError as error:
                self.stdout.write(f"{error} {error.returncode} {error.args}")
                sys.exit(error.returncode)
        if how in ways:
            raise ways[how]
        return "fine"
