"""The same commands twice: in a Django project, and in a package with the generated base class."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from relayout.conversions.django.command_support_text import command_support_files

TRIALS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run printed, and its exit status."""

    out: str
    err: str
    status: int


class Side:
    """A process in which commands run one after the other."""

    def __init__(self, kind: str, folder: Path, python: str = sys.executable) -> None:
        environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        environment |= {"PYTHONPATH": str(folder), "COLUMNS": "80", "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [python, TRIALS / "program.py", kind],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Side:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def run(
        self,
        argv: Sequence[str],
        terminal: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        return self._ask(argv=argv, terminal=terminal, environment=environment or {})

    def call(self, name: str) -> Ended:
        return self._ask(call=name)

    def _ask(self, **run: Any) -> Ended:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(run) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def write_django(folder: Path) -> None:
    """Write the commands as an app of a Django project."""
    commands = folder / "shop/management/commands"
    commands.mkdir(parents=True)
    for package in ("shop", "shop/management", "shop/management/commands"):
        (folder / package / "__init__.py").touch()
    for source in (TRIALS / "commands").glob("*.py"):
        (commands / source.name).write_bytes(source.read_bytes())
    (folder / "shop/calls.py").write_bytes((TRIALS / "calls.py").read_bytes())


def write_package(folder: Path) -> None:
    """Write the same commands as a package that has the generated base class."""
    support = folder / "shop/support/commands"
    support.mkdir(parents=True)
    (folder / "shop/cli").mkdir()
    for package in ("shop", "shop/support", "shop/cli"):
        (folder / package / "__init__.py").touch()
    for name, content in command_support_files().items():
        (support / name).write_bytes(content)
    for source in (TRIALS / "commands").glob("*.py"):
        (folder / "shop/cli" / source.name).write_text(without_django(source.read_text()))
    (folder / "shop/calls.py").write_text(without_django((TRIALS / "calls.py").read_text()))


def without_django(source: str) -> str:
    """Return a command's text with the imports that a conversion gives it."""
    source = re.sub(r"django\.core\.management(\.base|\.color)?\b", "shop.support.commands", source)
    source = source.replace(
        "from django.core import management", "from shop.support import commands"
    )
    source = source.replace("management.call_command", "commands.call_command")
    return source.replace("shop.management.commands", "shop.cli")


_OF_MANAGER = re.compile(r"\[--settings SETTINGS\]|\[--pythonpath PYTHONPATH\]|\[--skip-checks\]")
_DESCRIBED = re.compile(
    r"^  --(settings|pythonpath|skip-checks)\b.*\n(?: {10,}.*\n)*", re.MULTILINE
)
_USAGE = re.compile(r"^usage: .*(?:\n .*)*", re.MULTILINE)


def comparable(text: str) -> str:
    """Return a text without the three options of ``manage.py`` and the place of a command.

    The usage is wrapped anew where an option is left out, so it is laid out in one line.
    """
    text = text.replace("shop.management.commands", "shop.cli")
    text = _USAGE.sub(lambda usage: " ".join(_OF_MANAGER.sub("", usage[0]).split()), text)
    return _DESCRIBED.sub("", text)


def call_names() -> list[str]:
    """Return the names of the calls in ``calls``, which is not imported here: it is for Django."""
    module = ast.parse((TRIALS / "calls.py").read_bytes())
    last = next(node for node in reversed(module.body) if isinstance(node, ast.Assign))
    assert isinstance(last.value, ast.Dict)
    return [ast.literal_eval(key) for key in last.value.keys if key]
