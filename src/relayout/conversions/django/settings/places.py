"""Paths that settings compute from their file's place, written as from the new module's place.

``BASE_DIR`` is the usual one. What a path led to is found without running anything; where that is
after the moves is known, so the expression is given another base. A folder whose files went to
several places, as the project's own folder does, stays what it was: what is not in git is still
there.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from relayout.inventory.path_hacks import PathAnalysis
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.rewriting.file_paths import FilePathRewriter
from relayout.source import NotPython, Source, apply_edits, last_name, nodes_in
from relayout.tree import ancestors

_SEARCHERS = frozenset({"load_dotenv", "find_dotenv", "read_env", "read_dotenv"})


@dataclass(frozen=True, slots=True)
class Placed:
    """The text with its paths adjusted, and which names stand for which path before the moves."""

    text: str
    constants: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


def place_after(path: str, destination: Destination) -> str:
    """Return where a path leads after the moves; where that is no one place, it stays."""
    before = destination.before
    if path in before:
        return destination.of_file(path)
    if path in before.folders:
        place = destination.of_folder(path)
        return path if place is None else place
    for folder in ancestors(path):
        if folder in before.folders:
            base = place_after(folder, destination)
            rest = path[len(folder) :].lstrip("/")
            return f"{base}/{rest}" if base else rest
    return path


def has_parted(path: str, destination: Destination) -> bool:
    """Tell whether the files of a folder are no longer where a path to the folder leads."""
    if path not in destination.before.folders or path in destination.before:
        return False
    if not path:
        return bool(destination.moves)
    return destination.of_folder(path) is None


class _SettingsPaths(FilePathRewriter):
    """Adjusts the paths of statements that stand in another module afterwards."""

    def go_to(self, new_path: str) -> None:
        """Say which module that is."""
        self.new_path = new_path

    def put(self, places: Mapping[str, str]) -> None:
        """Say where folders are taken to be whose files went to several places."""
        self._places = places

    def _wanted(self, path: str) -> str | None:
        return self._places.get(path) or place_after(path, self.destination)


def adjust_places(
    text: str,
    path: str,
    new_path: str,
    destination: Destination,
    places: Mapping[str, str],
) -> Placed:
    """Return a text of settings that stood at ``path`` so that it is right at ``new_path``.

    ``places`` says where folders are taken to be whose files went to several places.
    """
    source = Source(text, "utf-8", False)
    try:
        module = source.parse()
    except NotPython:
        return Placed(text, {})
    analysis = PathAnalysis(module, path, destination.before)
    if not analysis.outline.has_places:
        return Placed(text, {})
    after = PathAnalysis(module, new_path, destination.tree)
    rewriter = _SettingsPaths(source, analysis, after, path, destination, ())
    rewriter.go_to(new_path)
    rewriter.put(places)
    rewriter.rewrite()
    rewriter.settle(())
    constants = dict(rewriter.before.constants)
    findings = [
        _about(finding) for finding in rewriter.findings if finding.code != "untracked-file"
    ]
    return Placed(apply_edits(text, rewriter.edits), constants, tuple(findings))


def _about(finding: Finding) -> Finding:
    return Finding(
        "django-setting-place", finding.path, finding.line, finding.message, finding.help
    )


def searched_from_place(node: ast.stmt, origins: Mapping[str, str]) -> str:
    """Return what a statement calls that looks for a file from its own folder upwards, if it does.

    ``load_dotenv()`` and ``config`` of python-decouple do; ``read_env()`` of django-environ looks
    into the folder alone.
    """
    for part in nodes_in(node):
        if isinstance(part, ast.Call) and not part.args and not part.keywords:
            name = last_name(part.func)
            if name in _SEARCHERS:
                return f"{name}()"
        if isinstance(part, ast.Name) and origins.get(part.id) == "decouple.config":
            return "config"
    return ""
