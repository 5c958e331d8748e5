import django.core.management.base
from django.core.management import color

from common.console import Table


def main(rows):
    """Adds up the pieces."""
    return sum(pieces for _, pieces in rows)


class Command(django.core.management.base.BaseCommand):
    help = "Reports what is in stock."
    requires_system_checks = ()
    requires_migrations_checks = True
    stealth_options = ("rows",)

    def add_arguments(self, parser: django.core.management.base.CommandParser):
        parser.add_argument("names", nargs="*", default=["shoes", "hats"], metavar="NAME")
        parser.add_argument("--pieces", type=int, default=3, help="of each (default: %(default)s)")
        parser.add_argument("--as", choices=["table", "total"], default="table", dest="form")

    def execute(self, *args, **options):
        if options["pieces"] < 0:
            self.stderr.write("counting from zero")
            options["pieces"] = 0
        return super().execute(*args, **options)

    def handle(self, *args, **options):
        rows = options.get("rows") or [(name, options["pieces"]) for name in options["names"]]
        if options["form"] == "total":
            return str(main(rows))
        if options["no_color"]:
            self.style = color.no_style()
        Table(self.stdout, self.style).write(rows)
