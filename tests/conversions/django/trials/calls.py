"""Calls of commands from code, each by a name that says what is tried."""

import io
import sys

from django.core import management
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from shop.management.commands.demanding import Command as Demanding
from shop.management.commands.labels import Command as Labels
from shop.management.commands.nested import Command as Nested
from shop.management.commands.plain import Command as Plain
from shop.management.commands.rich import Command as Rich


class Twice(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--one", dest="same", required=True)
        parser.add_argument("--other", dest="same", required=True)


class Shown(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("args", nargs="*")
        parser.add_argument("--dry-run", "-n", dest="rehearse", action="store_true")

    def handle(self, *args, **options):
        self.stdout.write(f"{args} {options.pop('stdout', None) is None} {options}")
        return f"rehearse {options['rehearse']}"


def shown(*args, **options):
    print(repr(call_command(Shown(), *args, **options)))


def demanding(*args, **options):
    print(repr(call_command(Demanding(), *args, **options)))


def captured():
    out, err = io.StringIO(), io.StringIO()
    call_command("plain", "today", stdout=out, stderr=err, verbosity=2)
    print(repr(out.getvalue()), repr(err.getvalue()))


def given_streams():
    out = io.StringIO()
    command = Plain(stdout=out, stderr=out, no_color=True)
    call_command(command, "today", verbosity=3)
    print(repr(out.getvalue()))


def wrapper():
    out = OutputWrapper(io.StringIO(), ending="\n--\n")
    out.write("one")
    out.write("two", ending="")
    out.write("three\n--\n")
    print(repr(out.getvalue()), out.isatty(), repr(out.style_func("x")))


def parser():
    made = Plain().create_parser("/usr/bin/manage.py", "plain")
    print(made.prog, type(made) is CommandParser, vars(made.parse_args(["today"])))
    made.parse_args(["--limit", "many"])


def executed():
    options = {"no_color": False, "force_color": True, "skip_checks": True, "text": "x"}
    command = Shown()
    print(repr(command.execute("a", rehearse=1, **options)), command.style.ERROR("e"))


REQUIRED = {"bucket": "b", "prefix": ["p"], "shards": [1, 2], "sure": True, "how": "copy"}

CALLS = {
    "by name": lambda: call_command("plain", "today"),
    "through the module": lambda: management.call_command("plain", "today"),
    "by object": lambda: call_command(Plain(), "today"),
    "by class": lambda: call_command(Plain, "today"),
    "a name that nobody has": lambda: call_command("nowhere"),
    "a private module": lambda: call_command("_private"),
    "no name": lambda: call_command(""),
    "a dotted name": lambda: call_command("shop.plain"),
    "a path": lambda: call_command("../plain"),
    "options as words": lambda: call_command("plain", "today", "--limit", "4", "--dry-run"),
    "words in a list": lambda: call_command("plain", ["today", 1, 2], "--limit=4"),
    "words in a tuple, numbers": lambda: call_command("plain", 20240501, (1, 2)),
    "options by keyword": lambda: call_command("plain", "today", limit=4, dry_run=True),
    "keyword before default": lambda: call_command("plain", "today", "--limit=3", limit=4),
    "keywords are not converted": lambda: call_command("plain", "today", limit="4"),
    "unknown keyword": lambda: call_command("plain", "today", limits=4, nonsense=1),
    "unknown keyword of a subcommand": lambda: call_command("nested", "drop", "t", forced=True),
    "unknown word": lambda: call_command("plain", "today", "--limits=4"),
    "wrong value": lambda: call_command("plain", "today", "--limit=many"),
    "wrong choice": lambda: call_command("plain", "today", "--verbosity=9"),
    "missing positional": lambda: call_command("plain"),
    "missing labels": lambda: call_command(Labels()),
    "help": lambda: call_command("plain", "--help"),
    "verbosity": lambda: call_command("plain", "today", verbosity=2),
    "traceback": lambda: call_command("failing", "plainly", traceback=True),
    "an error of the command": lambda: call_command("failing", "with-status", status=3),
    "colours forced": lambda: call_command("styled", force_color=True),
    "no colours": lambda: call_command("styled", no_color=True),
    "both": lambda: call_command("styled", no_color=True, force_color=True),
    "both, made": lambda: Plain(no_color=True, force_color=True),
    "colours forced, made": lambda: Shown(force_color=True).stderr.write("e"),
    "captured": captured,
    "streams of the object": given_streams,
    "the parser": parser,
    "executed": executed,
    "wrapper": wrapper,
    "name of the option": lambda: shown(dry_run=True),
    "name in the parser": lambda: shown(rehearse=True),
    "name with dashes": lambda: shown(**{"dry-run": True}),
    "short name": lambda: shown(n=True),
    "short word": lambda: shown("-n"),
    "arguments": lambda: shown("a", "b"),
    "checks": lambda: shown(skip_checks=False),
    "settings": lambda: shown(settings="other.settings", pythonpath="/p"),
    "settings as words": lambda: shown("--settings=other.settings", "--pythonpath", "/p"),
    "help by keyword": lambda: shown(help=True, version=1),
    "stealth by keyword": lambda: shown(stealth=True),
    "standard error as output": lambda: shown(stdout=sys.stderr),
    "required": lambda: demanding(**REQUIRED),
    "required, with stealth": lambda: demanding(**REQUIRED, session=1, interactive=False),
    "required, one missing": lambda: demanding(bucket="b", prefix=["p"], shards=[1], sure=True),
    "required, as words": lambda: demanding(
        "--bucket=b", "-k", "p", "--sure", "--shards", 1, 2, "--move", keep=True
    ),
    "required, by other name": lambda: demanding(
        **{key: value for key, value in REQUIRED.items() if key != "prefix"}, key_prefix=["p"]
    ),
    "required, exclusive": lambda: demanding(
        **{key: value for key, value in REQUIRED.items() if key != "how"}, only=3
    ),
    "required, by the name of a constant": lambda: demanding(
        **{key: value for key, value in REQUIRED.items() if key != "how"}, move=True
    ),
    "required, a tuple": lambda: demanding(**{**REQUIRED, "shards": (3,), "prefix": "one"}),
    "two options for one name": lambda: call_command(Twice(), same="x"),
    "two options, as words": lambda: call_command(Twice(), "--one=x", "--other=y"),
    "rich": lambda: call_command(
        "rich", "src", "a", tags=["x"], interactive=False, format="json", color_names=False
    ),
    "rich, by option names": lambda: call_command(
        Rich(), "src", batch_size=3, names=["n"], tag="t", no_input=True, fast=True, bs=4
    ),
    "rich, more option names": lambda: call_command(
        Rich(), "src", batch_size=3, names=["n"], tag="t", noinput=False, mode="odd", depth=2
    ),
    "rich, wrong word": lambda: call_command(Rich(), "src", "--batch-size=-1"),
    "subcommand": lambda: call_command("nested", "load", "orders", "--times", 3),
    "subcommand, required by keyword": lambda: call_command("nested", "load", "orders", times=3),
    "subcommand, options before": lambda: call_command("nested", "--root=/x", "ld", "t", times=1),
    "subcommand missing": lambda: call_command("nested"),
    "subcommand unknown": lambda: call_command(Nested(), "lose"),
    "subcommand wrong": lambda: call_command("nested", "load", "orders"),
    "subcommand fails": lambda: call_command("nested", "drop", "a", "b"),
    "subcommand named as option": lambda: call_command("nested", "drop", "a", subcommand="drop"),
    "application command": lambda: call_command("apps"),
    "unfinished": lambda: call_command("unfinished"),
    "raised": lambda: CommandError("x", returncode=2) and call_command("failing", "own"),
}
