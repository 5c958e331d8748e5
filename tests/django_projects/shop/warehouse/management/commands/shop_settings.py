from django import conf
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Shows what is configured."

    def handle(self, *args, **options):
        self.stdout.write(f"{conf.settings.EXPORT_BUCKET} {conf.settings.BATCH_SIZE}")
        self.stdout.write(repr(getattr(conf.settings, "NOT_CONFIGURED", "nothing")))
        self.stdout.write(f"{conf.settings.TIME_ZONE} {conf.settings.CURRENCIES['EUR']}")
