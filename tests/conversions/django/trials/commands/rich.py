import argparse
import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return number


class Command(BaseCommand):
    help = (
        "Does everything that a parser can do, with a help text that is far too long for one line "
        "and so is wrapped somewhere: 100%% of it."
    )

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("source", type=Path, metavar="SRC", help="where from")
        parser.add_argument("targets", nargs="*", default=["out"], help="where to")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--day", type=dt.date.fromisoformat, default=dt.date(2024, 5, 1))
        parser.add_argument("--batch-size", "--bs", type=positive, default=500, metavar="N")
        parser.add_argument("--pair", nargs=2, metavar=("LOW", "HIGH"), type=float)
        parser.add_argument("--maybe", nargs="?", const="given", default="absent")
        parser.add_argument("--names", nargs="+", dest="wanted_names", default=[])
        parser.add_argument("-t", "--tag", action="append", dest="tags", help="again and again")
        parser.add_argument("--extend", action="extend", nargs="+", default=["first"])
        parser.add_argument("-d", action="count", default=0, dest="depth")
        parser.add_argument("--fast", action="store_const", const="fast", dest="mode")
        parser.add_argument("--slow", action="store_const", const="slow", dest="mode")
        parser.add_argument("--add-one", action="append_const", const=1, dest="numbers")
        parser.add_argument("--no-input", "--noinput", action="store_false", dest="interactive")
        parser.add_argument("--color-names", action=argparse.BooleanOptionalAction, default=True)
        parser.add_argument("--hidden", help=argparse.SUPPRESS)
        group = parser.add_argument_group("selection", "Which rows are taken.")
        group.add_argument("--since", help="first day")
        group.add_argument("--until", help="last day")
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--all", action="store_true")
        only.add_argument("--none", action="store_true")

    def handle(self, source, targets, **options):
        self.stdout.write(f"{source} {targets}")
        for name, value in options.items():
            self.stdout.write(f"{name}={value!r}", ending=";")
