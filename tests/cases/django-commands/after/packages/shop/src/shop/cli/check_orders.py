from shop.support.commands import (
    BaseCommand,
    # what is printed
    OutputWrapper,
)


class Command(BaseCommand):
    def handle(self, *args, **options):
        assert isinstance(self.stdout, OutputWrapper)
        self.stdout.write("checked")


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
