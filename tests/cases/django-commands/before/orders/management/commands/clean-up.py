import django.core.management.base as base


def main(days):
    return f"older than {days} days"


class Command(base.BaseCommand):
    def handle(self, *args, **options):
        self.stdout.write(main(30))
