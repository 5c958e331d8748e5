# encoding: utf-8
"""Write what is due."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.encoding import force_str, iri_to_uri
from django.utils.text import slugify  # names of files
from django.utils.timezone import make_aware as aware
from django.utils.translation import gettext as _

from orders.services.days import day_of


class Command(BaseCommand):
    help = _("Write the names of what is due.")

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="+", help=_("Names of orders."))

    def handle(self, *args, **options):
        due = timezone.now() + timedelta(days=3)
        for name in options["names"]:
            key = slugify(force_str(name))
            self.stdout.write(f"{key} {iri_to_uri(name)}: {timezone.localtime(due):%Y-%m-%d} {day_of(aware)[:2]}")
