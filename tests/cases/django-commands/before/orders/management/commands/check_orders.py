from django.core.management.base import (
    BaseCommand,
    # what is printed
    OutputWrapper,
)


class Command(BaseCommand):
    def handle(self, *args, **options):
        assert isinstance(self.stdout, OutputWrapper)
        self.stdout.write("checked")
