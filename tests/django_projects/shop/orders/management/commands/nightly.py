import io

from django.core import management
from django.core.management.base import BaseCommand, CommandError, no_translations

from .check_feeds import Command as CheckFeeds


class Command(BaseCommand):
    help = "Everything that runs at night."

    def add_arguments(self, parser):
        parser.add_argument("feeds", nargs="*")
        parser.add_argument("--day", default="today")
        parser.add_argument("--keep-going", action="store_true")

    @no_translations
    def handle(self, *args, **options):
        verbosity = options["verbosity"]
        checked = io.StringIO()
        management.call_command(CheckFeeds(), *options["feeds"], stdout=checked, no_color=True)
        self.stdout.write(checked.getvalue(), ending="")
        try:
            management.call_command(
                "load_orders",
                *options["feeds"],
                "--dry-run",
                day=options["day"],
                batch_size=2,
                verbosity=verbosity,
                stdout=self.stdout,
            )
        except CommandError as error:
            if not options["keep_going"]:
                raise
            self.stderr.write(f"went on after: {error} ({error.returncode})")
        management.call_command("export_stock", "--dry-run", keys=["a.csv"], verbosity=verbosity)
        table = management.call_command("order_table", "make", columns=["number"], stdout=checked)
        self.stdout.write(f"table: {table}")
