"""See django.core.management.base.BaseCommand."""
from shop.support.commands import BaseCommand


class Command(BaseCommand):
    help = "Runs like: python manage.py load"

    def handle(self, *args, **options):
        from shop.processors.registry import call_command

        self.stderr.write("from django.core.management import call_command")
        call_command("migrate")


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
