"""A Django project as a dictionary of files, and what becomes of its commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from posixpath import basename
from textwrap import dedent

from relayout.conversions.conversion import Conversion
from relayout.conversions.django.commands import convert_commands
from relayout.inventory import Inventory, take_inventory
from relayout.inventory.django.project import DjangoApp, DjangoCommand, DjangoProject
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.source import apply_edits
from relayout.tree import Tree

HOME = Home("acme", "packages/acme")
OTHER = Home("other", "packages/other")
APP = "shop"
FOLDER = f"{APP}/management/commands"
CLI = f"{HOME.root}/cli"
SERVICES = f"{HOME.root}/processors"


MAIN = '''

def main() -> None:
    """Run the command with the arguments of the command line."""
    Command.main()


if __name__ == "__main__":
    main()
'''

"""What is appended to a command."""

PLAIN = """
from django.core.management.base import BaseCommand

class Command(BaseCommand):
    def handle(self, *args, **options):
        pass
"""

ON_SUPPORT = PLAIN.replace("django.core.management.base", "acme.support.commands")


@dataclass(frozen=True)
class Converted:
    """What became of a project: its conversion, and the edited files by their old paths."""

    conversion: Conversion
    texts: Mapping[str, str]
    before: Inventory
    moves: Mapping[str, str]

    @property
    def scripts(self) -> Mapping[str, str]:
        return self.conversion.scripts.get(HOME.project, {})

    @property
    def codes(self) -> list[tuple[str, int]]:
        return [(finding.code, finding.line) for finding in self.conversion.findings]


def command_path(name: str) -> str:
    return f"{FOLDER}/{name}.py"


def converted(
    files: Mapping[str, str | bytes], hidden: Mapping[str, str] | None = None, **places: str
) -> Converted:
    """Convert a project; a file that is named without a folder is a command.

    ``hidden`` are commands by name, each with the name of the one that Django takes instead.
    ``places`` are new paths of commands by name.
    """
    contents: dict[str, str | bytes] = {}
    for name, content in files.items():
        path = name if "/" in name else command_path(name)
        contents[path] = dedent(content) if isinstance(content, str) else content
    tree = Tree.of(contents)
    commands = [path for path in contents if path.startswith(f"{FOLDER}/")]
    moves = {path: _place(path, places) for path in contents}
    project = DjangoProject(
        folder="",
        name=HOME.package,
        managers=("manage.py",),
        apps=(DjangoApp(APP, APP, APP),),
        commands=tuple(_commands(commands, hidden or {})),
        files=frozenset(contents),
        command_modules=frozenset(commands),
    )
    destination = Destination(tree, moves, (HOME, OTHER))
    inventory = take_inventory(tree)
    conversion = convert_commands(inventory, destination, project, HOME)
    texts = {
        path: apply_edits(tree.read(path).decode(), edits)
        for path, edits in conversion.edits.items()
    }
    return Converted(conversion, texts, inventory, moves)


def _place(path: str, places: Mapping[str, str]) -> str:
    name = basename(path).removesuffix(".py")
    if name in places:
        return places[name]
    return f"{CLI if path.startswith(FOLDER) else SERVICES}/{basename(path)}"


def _commands(paths: Iterable[str], hidden: Mapping[str, str]) -> Iterable[DjangoCommand]:
    app = DjangoApp(APP, APP, APP)
    for path in paths:
        name = basename(path).removesuffix(".py")
        if not name.startswith("_"):
            command = DjangoCommand(name, path, app)
            winner = hidden.get(name)
            yield replace(command, hidden_by=command_path(winner)) if winner else command


def after(command: str, **others: str) -> str:
    """Return what a command's file becomes."""
    result = converted({"load": command, **others})
    return result.texts.get(command_path("load"), "")


def becomes(command: str, expected: str) -> Converted:
    """Convert a command, and compare it but for the ``main`` at its end."""
    result = converted({"load": command})
    text = result.texts.get(command_path("load"), "")
    assert text.removesuffix(MAIN) == dedent(expected)
    assert text.endswith(MAIN)
    return result
