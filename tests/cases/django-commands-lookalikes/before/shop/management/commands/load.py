"""See django.core.management.base.BaseCommand."""
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Runs like: python manage.py load"

    def handle(self, *args, **options):
        from shop.registry import call_command

        self.stderr.write("from django.core.management import call_command")
        call_command("migrate")
