from shop.support.commands import call_command
from shop.support.commands import CommandError  # raised for the user

from shop.processors.loading import LoadCommand


class Command(LoadCommand):
    help = "Load orders from a file."

    def handle(self, *args, **options):
        rows = self.rows(options["file"])
        if not rows:
            raise CommandError("no orders")
        self.stdout.write(self.style.SUCCESS(f"{len(rows)} orders"))
        call_command("summarise", str(len(rows)), verbosity=options["verbosity"])


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
