from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from common.base_command import ShopCommand
from common.mixins import BatchesMixin
from orders.feed import FeedError, OrderFeed


class Command(BatchesMixin, ShopCommand):
    help = "Loads feeds of orders: each file is read in batches, and the total of all is shown."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        self.add_batch_arguments(parser)
        parser.add_argument("feeds", nargs="+", metavar="FEED", help="files to load")
        parser.add_argument("--skip", action="append", default=[], help="a number to leave out")
        parser.add_argument("--dry-run", action="store_true", dest="rehearse")
        parser.add_argument("--fast", action="store_const", const="fast", default="safe", dest="mode")
        parser.add_argument("--columns", nargs="*", default=settings.FEED_COLUMNS)
        parser.add_argument("--between", nargs=2, metavar=("LOW", "HIGH"), type=float)

    def run(self, *args, feeds, **options):
        total = 0
        for path in feeds:
            feed = OrderFeed(path, options["columns"], self.places(options), options["skip"])
            try:
                for batch in feed.batches(options["size"]):
                    self.told(len(batch), options)
                total += feed.total()
            except FileNotFoundError as error:
                raise CommandError(f"{path} is not there", returncode=3) from error
            except FeedError as error:
                raise CommandError(f"{path}, {error}", returncode=4) from error
            self.stdout.write("")
        if options["between"] and not options["between"][0] <= total <= options["between"][1]:
            self.stderr.write(self.style.WARNING(f"an unusual total: {total}"))
        verb = "would load" if options["rehearse"] else "loaded"
        self.stdout.write(f"{verb} {total} {options['currency']} ({options['mode']})")
