from django.core.management.base import BaseCommand


class Command(BaseCommand):
    requires_system_checks = True

    def handle(self, *args, **options):
        self.stdout.write("never")
