"""The lines of one file that run commands with a manager: their edits, and what to say of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from posixpath import dirname, join

from relayout.inventory import Inventory
from relayout.inventory.references.reference import Reference
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook
from relayout.planning.plan import Finding
from relayout.rewriting.manager_commands import ManagerCall, ManagerCommands
from relayout.source import Edit

CODE = "django-manage-kept"
_DJANGOS = re.compile(r"[\"']?(?:[ \t]+|[ \t]*,[ \t]*)[\"']?(?P<command>[a-z_]{1,50})\b(?![./=-])")
_KEPT = (
    (
        False,
        "it has manage.py run what only Django can: {}",
        "It runs in the quarantined project, if Django is installed. Or drop the line.",
    ),
    (
        True,
        "it has manage.py run what went to the package and has no console script: {}",
        "Look at the finding about that command first.",
    ),
)
"""What is said of commands that are not the project's any more, and of those that are."""
_NO_COMMANDS = (".py", ".pyi", ".ipynb", ".html", ".css", ".js", ".csv", ".svg", ".po", ".lock")
_LONGEST = 1_000_000
"""A larger file is data."""


def may_call(path: str, inventory: Inventory, managers: ManagerCommands) -> bool:
    """Tell whether a file may hold calls of managers; Python is read by those who parse it."""
    tree = inventory.tree
    if not managers.names or path.endswith(_NO_COMMANDS) or not tree.is_regular(path):
        return False
    if path in inventory.foreign:
        return False
    content = tree.read(path)
    return len(content) < _LONGEST and any(name in content for name in managers.names)


class ManagerLines:
    """What becomes of the calls of managers in a text, which is at ``new_path`` afterwards.

    In quarantine, all stays as it is: the manager is there too.
    """

    def __init__(
        self,
        references: Sequence[Reference],
        managers: ManagerCommands,
        text: str,
        new_path: str,
    ) -> None:
        self.edits: list[Edit] = []
        self.findings: list[Finding] = []
        self.called: list[tuple[int, str]] = []
        """Where each call begins, with the manager that it names, and a settings module of it."""
        self._new_path = new_path
        self._line_ends = [place for place, letter in enumerate(text) if letter == "\n"]
        self._covered: list[tuple[int, int]] = []
        self._starts: list[int] = []
        if managers.by_manager and not is_quarantined(new_path) and not is_notebook(new_path):
            named = {r.start: r.path for r in references if r.path in managers.by_manager}
            for call in managers.calls(text, named):
                self._add(call, text)
            self._starts = [start for start, _ in self._covered]
            self._report_kept(references, managers, text)

    def _add(self, call: ManagerCall, text: str) -> None:
        if self._covered and call.start < self._covered[-1][1]:
            return
        self._covered += [(edit.start, edit.end) for edit in call.edits]
        self.edits += call.edits
        self.called.append((call.start, call.manager))
        for option in call.edits[1:]:
            module = re.split(r"[=\s]+", text[option.start : option.end])[-1].replace(".", "/")
            self.called.append((option.end, join(dirname(call.manager), f"{module}.py")))
        if call.left:
            message = f"a command without Django does not know {', '.join(call.left)}"
            advice = "Set what it was for in the environment, or in the package's config."
            self._find(call.start, message, advice)

    def _report_kept(
        self, references: Sequence[Reference], managers: ManagerCommands, text: str
    ) -> None:
        """Report, once for a file, which commands of Django's own it has managers run."""
        found = [call for call in managers.djangos(text) if not self._is_covered(call[0])]
        for reference in references:
            if reference.path in managers.by_manager and not self.covers(reference):
                match = _DJANGOS.match(text, reference.end) if reference.runs else None
                if match is not None:
                    found.append((reference.start, match["command"]))
        kept = {name: place for place, name in sorted(found, reverse=True)}
        for is_ours, message, advice in _KEPT:
            places = {n: at for n, at in kept.items() if (n in managers.without_script) is is_ours}
            if places:
                what = ", ".join(sorted(places))
                self._find(min(places.values()), message.format(what), advice)

    def _find(self, position: int, message: str, advice: str) -> None:
        line = bisect_left(self._line_ends, position) + 1
        self.findings.append(Finding(CODE, self._new_path, line, message, advice))

    def covers(self, reference: Reference) -> bool:
        """Tell whether a reference stands in what has been written anew."""
        return self._is_covered(reference.start)

    def _is_covered(self, position: int) -> bool:
        number = bisect_right(self._starts, position) - 1
        return number >= 0 and position < self._covered[number][1]
