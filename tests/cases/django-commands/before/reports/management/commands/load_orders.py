from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Was there before the app orders."""

    def handle(self, *args, **options):
        self.stdout.write("old")
