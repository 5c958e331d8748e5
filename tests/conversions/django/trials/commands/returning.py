from django.core.management.base import BaseCommand, no_translations


class Command(BaseCommand):
    help = "Returns what it is given."
    output_transaction = True

    def add_arguments(self, parser):
        parser.add_argument("text", nargs="?")

    @no_translations
    def handle(self, *args, **options):
        return options["text"]
