import argparse

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    requires_system_checks = ()
    requires_migrations_checks = True
    stealth_options = ("session", "interactive")

    def add_arguments(self, parser):
        parser.add_argument("--bucket", required=True)
        parser.add_argument("--key-prefix", "-k", required=True, dest="prefix", action="append")
        parser.add_argument("--shards", required=True, nargs="+", type=int)
        parser.add_argument("--sure", required=True, action="store_true")
        parser.add_argument("--keep", action=argparse.BooleanOptionalAction)
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--copy", action="store_const", const="copy", dest="how")
        way.add_argument("--move", action="store_const", const="move", dest="how")
        way.add_argument("--only", type=int)

    def handle(self, *args, **options):
        self.stdout.write(repr(options))
