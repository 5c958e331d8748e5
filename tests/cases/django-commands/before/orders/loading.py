"""What commands that load have in common."""
import csv

from django.core.management.base import BaseCommand, CommandError


class LoadCommand(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--limit", type=int, default=0)

    def rows(self, path):
        try:
            with open(path, newline="") as lines:
                return list(csv.DictReader(lines))
        except OSError as error:
            raise CommandError(f"cannot read {path}: {error.strerror}", returncode=3)

    def handle(self, *args, **options):
        self.stdout.write(f"{len(self.rows(options['file']))} rows")
