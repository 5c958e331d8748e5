from parcels.support.commands import BaseCommand

from parcels.processors.labels import in_order


class Command(BaseCommand):
    help = "Prints labels in the order of their numbers."

    def add_arguments(self, parser):
        parser.add_argument("labels", nargs="+")

    def handle(self, *args, **options):
        for label in in_order(options["labels"]):
            self.stdout.write(label)


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
