from django.core.management.base import CommandError
from django.core.management.commands.loaddata import Command as LoadData


class Command(LoadData):
    def handle(self, *labels, **options):
        if not labels:
            raise CommandError("name a fixture")
        super().handle(*labels, **options)
