import os

from django.conf import settings
from django.core.management.base import CommandError, LabelCommand

from orders.feed import FeedError, OrderFeed


class Command(LabelCommand):
    """Checks feeds one by one."""

    help = "Says of each feed whether it can be read."
    label = "feed"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--strict", action="store_true")

    def handle_label(self, label, **options):
        name = os.path.basename(label)
        try:
            count = sum(1 for _ in OrderFeed(label, settings.FEED_COLUMNS).lines())
        except FeedError as error:
            if options["strict"]:
                raise CommandError(f"{name}: {error}", returncode=error.line)
            return self.style.ERROR(f"{name}: {error}")
        return f"{name}: {count}" if count else None
