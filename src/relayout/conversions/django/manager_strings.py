"""Commands that Python code starts with ``manage.py``: as a text for a shell, or a list of words.

A text is changed where it is certain that it is run. A list keeps its length, and its Python:
``[sys.executable, "manage.py", "load"]`` becomes ``[sys.executable, "-m", "acme.cli.load"]``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from relayout.conversions.conversion import Conversion
from relayout.inventory import Inventory
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.manager_commands import KIND, ManagerCommands
from relayout.source import Edit, NotPython, Source, last_name, nodes_of

_RUNNERS = frozenset(
    {"run", "Popen", "call", "check_call", "check_output", "system", "popen", "getoutput"}
    | {"getstatusoutput", "create_subprocess_shell", "spawn", "local", "sudo"}
)
"""Functions that start the command that they are given, in the standard library and Fabric."""
_COMMANDS = frozenset({"bash_command", "command", "cmd", "cmds", "args", "commands", "arguments"})
"""Keywords for commands of subprocess and of Airflow's operators."""
_STARTS_PYTHON = re.compile(r"(?:.*/)?(?:python|pypy)[\d.]*(?:\.exe)?|-\w+|run")
_DJANGOS = ("--settings", "--pythonpath")
_CODE = "django-manage-kept"
_ADVICE = "Start the console script, or the module with -m."


@dataclass(slots=True)
class _Made:
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def convert_manager_strings(
    inventory: Inventory, destination: Destination, managers: ManagerCommands
) -> Conversion:
    """Return the edits of commands in Python code, and what could not be followed."""
    edits: dict[str, tuple[Edit, ...]] = {}
    findings: list[Finding] = []
    for path, file in inventory.python.items():
        new_path = destination.of_file(path)
        if file.error is not None or not path.endswith(".py") or is_quarantined(new_path):
            continue
        content = inventory.tree.read(path)
        if path not in managers.by_manager and any(name in content for name in managers.names):
            made = _of_file(content, new_path, managers)
            findings += made.findings
            if made.edits:
                edits[path] = tuple(made.edits)
    return Conversion(edits=edits, findings=tuple(findings))


def _of_file(content: bytes, new_path: str, managers: ManagerCommands) -> _Made:
    try:
        source = Source.decode(content)
        module = source.parse()
    except NotPython:
        return _Made()
    reader = _Reader(source, new_path, managers)
    reader.read(module)
    findings = sorted(reader.made.findings, key=lambda finding: finding.line)
    return _Made(sorted(reader.made.edits), findings)


class _Reader:
    """Reads one file."""

    def __init__(self, source: Source, new_path: str, managers: ManagerCommands) -> None:
        self.made = _Made()
        self._source = source
        self._new_path = new_path
        self._managers = managers

    def read(self, module: ast.Module) -> None:
        """Collect the edits of all commands in the file."""
        run = {id(text) for text in _texts_that_run(module)}
        silent = {id(node.value) for node in nodes_of(module) if isinstance(node, ast.Expr)}
        for node in nodes_of(module):
            if isinstance(node, ast.JoinedStr):
                silent.update(map(id, node.values))
            if isinstance(node, ast.List | ast.Tuple):
                self._sequence(node.elts, is_run=id(node) in run)
            elif isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in silent:
                self._text(node, is_run=id(node) in run)

    def _text(self, node: ast.Constant | ast.JoinedStr, is_run: bool) -> None:
        start, end = self._source.span(node)
        literal = self._source.text[start:end]
        calls = list(self._managers.calls(literal, {}))
        for call in calls if is_run else ():
            for edit in call.edits:
                shifted = edit._replace(start=start + edit.start, end=start + edit.end)
                self.made.edits.append(shifted)
            if call.left:
                what = f"a command without Django does not know {', '.join(call.left)}"
                self._find(node.lineno, what)
        if calls and not is_run:
            scripts = ", ".join(dict.fromkeys(call.script for call in calls))
            self._find(node.lineno, f"a text has manage.py run what {scripts} runs now")

    def _sequence(self, items: Sequence[ast.expr], is_run: bool) -> None:
        """Follow a list of words in which a manager and a command stand side by side.

        One that begins with the manager, and is not run, may be a list of anything.
        """
        texts = [_plain(item) for item in items]
        for number in range(len(items) - 1):
            text, name = texts[number], texts[number + 1]
            manager = self._managers.manager_of(text, name) if text and name else None
            if manager is None:
                continue
            module = self._managers.by_manager[manager][name].module
            line = items[number].lineno
            before = items[number - 1] if number else None
            edit = self._as_module(items[number], items[number + 1], module)
            if before is None and not is_run:
                continue
            if before is None or not _starts_python(before) or edit is None:
                self._find(line, f"a list of words starts {text} {name}")
                continue
            self.made.edits.append(edit)
            left = [word for word in texts[number + 2 :] if word.startswith(_DJANGOS)]
            if left:
                self._find(line, f"a command without Django does not know {', '.join(left)}")

    def _as_module(self, manager: ast.expr, name: ast.expr, module: str) -> Edit | None:
        """Return the edit that has Python run a module, if both words are written plainly."""
        places = [self._inside(manager), self._inside(name)]
        if places[0] is None or places[1] is None:
            return None
        (start, stop), (begin, end) = places[0], places[1]
        between = self._source.text[stop:begin]
        if "#" in between:
            return None
        return Edit(start, end, f"-m{between}{module}", KIND)

    def _inside(self, node: ast.expr) -> tuple[int, int] | None:
        """Return where the text of a literal is between its quotes, if nothing is escaped."""
        start, end = self._source.span(node)
        text = _plain(node)
        literal = self._source.text[start:end]
        return (start + 1, end - 1) if literal in (f"'{text}'", f'"{text}"') else None

    def _find(self, line: int, what: str) -> None:
        self.made.findings.append(Finding(_CODE, self._new_path, line, what, _ADVICE))


def _texts_that_run(module: ast.Module) -> Iterator[ast.expr]:
    """Yield the arguments that a call runs as a command."""
    for node in nodes_of(module):
        if isinstance(node, ast.Call):
            if last_name(node.func) in _RUNNERS:
                yield from node.args[:1]
            yield from (keyword.value for keyword in node.keywords if keyword.arg in _COMMANDS)


def _plain(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def _starts_python(node: ast.expr) -> bool:
    """Tell whether what follows a word in a command is run by Python, as far as can be told."""
    if isinstance(node, ast.Constant):
        return bool(_STARTS_PYTHON.fullmatch(str(node.value)))
    return last_name(node) == "executable" or "python" in last_name(node).lower()
