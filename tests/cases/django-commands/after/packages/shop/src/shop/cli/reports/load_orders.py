from shop.support.commands import BaseCommand


class Command(BaseCommand):
    """Was there before the app orders."""

    def handle(self, *args, **options):
        self.stdout.write("old")
