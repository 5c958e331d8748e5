import argparse

from django.core.management.base import BaseCommand, DjangoHelpFormatter


class Formatter(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    pass


class Command(BaseCommand):
    help = """Reads a feed.

      with   its   own   layout
    """

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(
            prog_name,
            subcommand,
            formatter_class=Formatter,
            epilog="Examples:\n  feed  --now",
            conflict_handler="resolve",
            **kwargs,
        )
        parser.set_defaults(verbosity=2)
        return parser

    def add_arguments(self, parser):
        parser.add_argument("--traceback", help="a trace of one's own", default="none")
        parser.add_argument("-v", "--values", type=float, nargs="*")
        parser.add_argument("rest", nargs=argparse.REMAINDER)

    def handle(self, *args, **options):
        self.print_help("manage.py", "laid_out")
        self.stdout.write(f"{options['values']} {options['rest']} {options['verbosity']}")
