from django.core.management.base import BaseCommand, CommandError
from shop.management.commands.plain import Command as PlainCommand


class Announced:
    announcement = "about to begin"

    def execute(self, *args, **options):
        self.stdout.write(self.style.MIGRATE_HEADING(self.announcement))
        result = super().execute(*args, **options)
        self.stdout.write("ended")
        return result


class Command(Announced, PlainCommand):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--shop", default="main")

    def handle(self, *args, **options):
        assert isinstance(self, BaseCommand)
        if options["shop"] == "closed":
            raise CommandError("the shop is closed")
        super().handle(*args, **options)
        return options["shop"]
