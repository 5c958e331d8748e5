from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Loads bills. Nobody can call it: the depot's own comes first."

    def handle(self, *args, **options):
        self.stdout.write("bills")
