from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Overrides what is around ``handle``."""

    requires_system_checks = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = []

    def run_from_argv(self, argv):
        self.words = argv[2:]
        super().run_from_argv(argv)

    def add_arguments(self, parser):
        parser.add_argument("args", nargs="*", metavar="word")

    def execute(self, *args, **options):
        self.stdout.write(f"before {args}")
        try:
            return super().execute(*args, **options)
        finally:
            self.stdout.write("after")

    def handle(self, *args, **options):
        self.check(display_num_errors=True)
        self.stdout.write(f"{self.words} {sorted(options)}")
