from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Returns what cannot be written."

    def handle(self, *args, **options):
        return 5
