from warehouse.support.commands import BaseCommand

from warehouse.processors.feed import read


class Command(BaseCommand):
    help = "Read a feed of items"

    def add_arguments(self, parser):
        parser.add_argument("feed")

    def handle(self, *args, **options):
        for sku, amount in read(options["feed"]):
            self.stdout.write(f"{sku} {amount}")


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
