from django.conf import settings


class BatchesMixin:
    """Options for commands that do their work in batches."""

    def add_batch_arguments(self, parser):
        parser.add_argument(
            "-b",
            "--batch-size",
            type=int,
            default=settings.BATCH_SIZE,
            dest="size",
            metavar="N",
            help="orders at a time (default: %(default)s)",
        )

    def told(self, count, options):
        if options["verbosity"] > 1:
            self.stderr.write(f"{count} in a batch")
        else:
            self.stdout.write(".", ending="")
