"""The ``main`` of a converted command, appended to its module.

A console script calls a function without arguments
(https://packaging.python.org/en/latest/specifications/entry-points/); what the command does with
the command line is in the support that its class is built on.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from relayout.conversions.django.management_imports import KIND
from relayout.inventory.programs import is_main_guard
from relayout.rewriting.scopes import Scopes
from relayout.rewriting.taken_names import free_name
from relayout.source import Edit, Source

NAME = "main"
_OTHER_NAME = "command_main"
DOCSTRING = "Run the command with the arguments of the command line."
_LINE_ENDS_AT_END = re.compile(r"(?:\r\n|\r|\n)*\Z")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINES = 2
"""What PEP 8 has around definitions at the top level."""


@dataclass(frozen=True, slots=True)
class CommandMain:
    """The edit that appends a function which runs the command, and the function's name."""

    edit: Edit
    name: str


def command_main(source: Source, module: ast.Module, scopes: Scopes) -> CommandMain:
    """Return the function that runs a module's command, as an edit at the end of the file.

    It gets another name than ``main`` if the file has that name for anything. A main guard goes
    with it where the file has none.
    """
    name = _free_name(scopes)
    blocks = [[f"def {name}() -> None:", f'    """{DOCSTRING}"""', "    Command.main()"]]
    if not any(is_main_guard(node) for node in module.body):
        blocks.append(['if __name__ == "__main__":', f"    {name}()"])
    newline = source.newline
    text = (newline * (_BLANK_LINES + 1)).join(newline.join(block) for block in blocks)
    before, after = _around(source)
    end = len(source.text)
    return CommandMain(Edit(end, end, f"{before}{text}{after}", KIND), name)


def _around(source: Source) -> tuple[str, str]:
    """Return what divides the function from the file, and what ends the file as it ended before."""
    ends = _LINE_ENDS_AT_END.search(source.text)
    found = len(_LINE_END.findall(ends.group())) if ends else 0
    missing = max(0, _BLANK_LINES + 1 - found)
    return source.newline * missing, source.newline if found else ""


def _free_name(scopes: Scopes) -> str:
    taken = scopes.identifiers()
    return NAME if NAME not in taken else free_name(_OTHER_NAME, taken)
