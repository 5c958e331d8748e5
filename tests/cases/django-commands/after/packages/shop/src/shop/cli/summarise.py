from shop.support import commands as management


class Command(management.BaseCommand):
    """Print a summary."""

    def add_arguments(self, parser):
        parser.add_argument("count", type=int)

    def handle(self, *args, **options):
        if options["verbosity"] > 2:
            management.call_command("migrate", plan=True)
        return f"{options['count']} in all"


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
