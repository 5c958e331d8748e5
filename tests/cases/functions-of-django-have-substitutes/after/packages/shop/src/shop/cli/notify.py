# encoding: utf-8
"""Write what is due."""

from datetime import timedelta

from shop.support.commands import BaseCommand
from shop.support.standalone import timezone
from shop.support.standalone.encoding import force_str
from django.utils.encoding import iri_to_uri
from shop.support.standalone.text import slugify  # names of files
from shop.support.standalone.timezone import make_aware as aware
from shop.support.standalone.translation import gettext as _

from shop.processors.days import day_of


class Command(BaseCommand):
    help = _("Write the names of what is due.")

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="+", help=_("Names of orders."))

    def handle(self, *args, **options):
        due = timezone.now() + timedelta(days=3)
        for name in options["names"]:
            key = slugify(force_str(name))
            self.stdout.write(f"{key} {iri_to_uri(name)}: {timezone.localtime(due):%Y-%m-%d} {day_of(aware)[:2]}")


def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
