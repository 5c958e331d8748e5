"""A conversion of a command is proven; one that does anything else is not."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from django_commands import CLI, HOME, Converted, command_path, converted
from migrations import SRC_LAYOUT
from relayout.inventory import take_inventory
from relayout.planning.plan import FileEdit, Move, Plan
from relayout.source import Edit, apply_edits
from relayout.verification.code_unchanged import check_code_unchanged
from relayout.verification.evidence import Check, Evidence

COMMAND = '''
"""Load orders."""
import django.core.management
from django.core import management
from django.core.management.base import BaseCommand, CommandError, NoArgsCommand

LIMIT = 10


class Command(BaseCommand):
    @property
    def limit(self):
        return LIMIT

    def handle(self, *args, **options):
        from django.core.management import call_command
        call_command("send", verbosity=0)
        management.base.OutputWrapper
        if options["all"]:
            raise CommandError("no")
        raise django.core.management.CommandError("yes")
'''


@pytest.fixture
def result() -> Converted:
    files = {"load": COMMAND, "send": COMMAND}
    return converted(files, send=f"{CLI}/send_2.py")


def judged(result: Converted, change: Callable[[Edit], Edit | None]) -> Check:
    """Return the outcome of the check if edits had been others; None stands for no edit."""
    contents: dict[str, bytes] = {}
    edited = []
    for old, new in result.moves.items():
        text = result.before.tree.read(old).decode()
        edits = [change(edit) for edit in result.conversion.edits.get(old, ())]
        made = tuple(edit for edit in edits if edit is not None)
        contents[new] = apply_edits(text, made).encode()
        edited.append(FileEdit(new, made))
    return outcome_of(result, contents, edited)


def outcome_of(result: Converted, contents: dict[str, bytes], edited: list[FileEdit]) -> Check:
    moves = tuple(Move(old, new, "django", "") for old, new in result.moves.items())
    after = take_inventory(result.before.tree.of(contents))
    plan = Plan("monorepo", HOME.package, moves=moves, edits=tuple(edited))
    check = check_code_unchanged(
        Evidence(after, SRC_LAYOUT, HOME.package, before=result.before, plan=plan)
    )
    assert check is not None
    return check


def test_a_conversion_is_proven(result: Converted) -> None:
    check = judged(result, lambda edit: edit)
    assert check.details == ()
    assert set(check.figures["files"].values()) == {"edited: django-command"}


@pytest.mark.parametrize("place", ["packages/acme/tests/test_load.py", "tests/test_load.py"])
def test_a_test_beside_the_package_may_use_its_support(place: str) -> None:
    code = "from django.core.management import call_command\ncall_command('load')\n"
    result = converted(
        {"load": COMMAND, "shop/test_load.py": code},
        test_load=place,
    )
    assert judged(result, lambda edit: edit).passed
    assert not judged(result, swapped("acme.support", "other.support")).passed


def test_a_module_alone_may_be_another_one() -> None:
    code = "from django.core import management\nmanagement.call_command('load')\n"
    result = converted({"load": COMMAND, "shop/services.py": code})
    assert judged(result, lambda edit: edit).passed
    assert not judged(result, swapped("acme.support", "other.support")).passed
    assert not judged(result, swapped("commands as", "others as")).passed


def swapped(old: str, new: str) -> Callable[[Edit], Edit]:
    return lambda edit: edit._replace(replacement=edit.replacement.replace(old, new))


@pytest.mark.parametrize(
    "change",
    [
        # the names that imports bind
        swapped("acme.support.commands", "acme.support.other"),
        swapped("acme.support.commands", "other.support.commands"),
        swapped("commands as management", "commands as manager"),
        swapped("commands as management", "others as management"),
        swapped("import NoArgsCommand", "import NoArgsCommand, execute_from_command_line"),
        swapped("import NoArgsCommand", "import OtherCommand as NoArgsCommand"),
        # what else an edit of an import does
        swapped("import NoArgsCommand", "import NoArgsCommand; print(1)"),
        swapped("import NoArgsCommand", "import NoArgsCommand\nLIMIT = 11"),
        # the uses of names
        swapped("acme.support.commands.CommandError", "acme.support.commands.BaseCommand"),
        swapped("acme.support.commands.CommandError", "print('x') or CommandError"),
        swapped("management.OutputWrapper", "management.CommandError"),
        swapped('"send_2"', '"load"'),
        swapped('"send_2"', '"send_2" + "x"'),
        # the function that is appended
        swapped("Command.main()", "Command.main(1)"),
        swapped("Command.main()", "print(1); Command.main()"),
        swapped("def main()", "def call_command()"),
        swapped("    main()", "    main(); main()"),
        swapped("def main()", "LIMIT = 11\n\n\ndef main()"),
    ],
)
def test_a_conversion_that_does_anything_else_fails(
    result: Converted, change: Callable[[Edit], Edit]
) -> None:
    changed = [change(e) != e for edits in result.conversion.edits.values() for e in edits]
    assert any(changed)
    assert not judged(result, change).passed


def test_an_edit_of_other_code_fails(result: Converted) -> None:
    text = dedent(COMMAND)
    for old, new in [
        ("LIMIT = 10", "LIMIT = 11"),
        ("property", "staticmethod"),
        ("return LIMIT", "return 1"),
        ('options["all"]', "True"),
        ('"all"', '"none"'),
        ("handle", "manage"),
        ("*args", "*rest"),
        ('raise CommandError("no")', "pass"),
        ("CommandError(", "BaseCommand("),
        ("verbosity=0", "verbosity=1"),
    ]:
        start = text.index(old)
        extra = Edit(start, start + len(old), new, "django-command")
        path = command_path("load")
        edits = tuple(sorted((*result.conversion.edits[path], extra)))
        contents = {
            new: apply_edits(
                text, edits if old_path == path else result.conversion.edits[old_path]
            ).encode()
            for old_path, new in result.moves.items()
        }
        edited = [FileEdit(result.moves[path], edits)]
        check = outcome_of(result, contents, edited)
        assert any("cli/load.py" in detail for detail in check.details), old


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 10", "LIMIT = 11"),
        ('"no"', '"yes"'),
        ("@property\n", ""),
        ("Command.main()", "Command.run()"),
        ("class Command(BaseCommand)", "class Command(object)"),
        ("import BaseCommand, CommandError", "import CommandError as BaseCommand, CommandError"),
    ],
)
def test_what_no_edit_says_fails(result: Converted, old: str, new: str) -> None:
    path = command_path("load")
    after = result.texts[path]
    assert old in after
    contents = {result.moves[p]: text.encode() for p, text in result.texts.items()}
    contents[result.moves[path]] = after.replace(old, new).encode()
    edited = [FileEdit(result.moves[p], edits) for p, edits in result.conversion.edits.items()]
    assert not outcome_of(result, contents, edited).passed
