from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load the orders of one day, and of as many days before as are said."

    def add_arguments(self, parser):
        parser.add_argument("day", help="the day, as in 2024-05-01")
        parser.add_argument("more", nargs="*", type=int)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("-l", "--limit", type=int, default=10, help="at most (%(default)s)")

    def handle(self, *args, **options):
        streams = {"stdout", "stderr"} & options.keys()
        said = {name: value for name, value in options.items() if name not in streams}
        self.stdout.write(f"{args} {said} {sorted(streams)}")
        if options["verbosity"] > 1:
            self.stderr.write("a lot to say")
