import argparse
from pathlib import Path

from django.core.management.base import BaseCommand

from warehouse.exports import StockExports


class Command(BaseCommand):
    help = """Exports the stock.

    Files go to the bucket of the environment,
    unless another one is said."""

    def create_parser(self, prog_name, subcommand, **kwargs):
        return super().create_parser(
            prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser):
        parser.add_argument("--keys", nargs="+", required=True)
        parser.add_argument("--bucket")
        parser.add_argument("--from", type=Path, dest="folder", default=Path("."))
        parser.add_argument("--compress", action=argparse.BooleanOptionalAction, default=True)
        parser.add_argument("--tag", action="append_const", const="nightly", dest="tags")
        parser.add_argument("-n", "--dry-run", action="store_true")

    def handle(self, keys, **options):
        exports = StockExports(options["bucket"])
        for key in keys:
            self.stdout.write(f"{options['folder'] / key} -> {exports.address(key)}")
            if not options["dry_run"]:
                exports.put(key, (options["folder"] / key).read_bytes())
        self.stdout.write(f"{options['compress']} {options['tags']}")
