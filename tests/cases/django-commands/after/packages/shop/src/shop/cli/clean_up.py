import shop.support.commands as base


def main(days):
    return f"older than {days} days"


class Command(base.BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write(main(30))


def command_main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    command_main()
