"""Which files may open what moved by a path in a literal, and what becomes of those paths."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.dbt import PROJECT
from relayout.inventory.imported_paths import imported_paths
from relayout.inventory.path_bases import texts_of
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_slices import outline_of
from relayout.inventory.runners import runner_kind
from relayout.notebook import is_notebook
from relayout.rewriting.dbt_calls import calls_without_project
from relayout.rewriting.destination import Destination
from relayout.rewriting.file_paths import FilePathRewriter
from relayout.rewriting.path_strings import names_moved, unfollowed_strings
from relayout.rewriting.working_paths import FollowedPaths, WorkingPathRewriter
from relayout.source import Source

_WORD = re.compile(r"([\w-]+(?:\.[\w-]+)*)([\"'/\\ ])")
"""A name in a file's text that may begin a path: what follows it is looked at as well."""

_PART = re.compile(r"[\w.-]")
_FEW = 100
"""So few names are looked for one by one, which takes a fraction of the time."""


class OpenedPaths:
    """Follows the path literals of files for one set of moves."""

    def __init__(self, inventory: Inventory, destination: Destination) -> None:
        self.inventory = inventory
        self.destination = destination

    def concerns(self, path: str) -> bool:
        """Tell from the facts about a file whether it may name what moved by a path.

        What a runner file names is for those who read runner files; none of them reads what a
        ``setup.py`` opens.
        """
        is_read = runner_kind(path) is not None and basename(path) != "setup.py"
        if not self.destination.moves or is_read:
            return False
        file = self.inventory.python[path]
        return (
            file.opens_files
            or names_moved(path, self.inventory, self.destination)
            or self._imports_constants(path)
        )

    def follow(
        self,
        source: Source,
        module: ast.Module,
        path: str,
        computed: FilePathRewriter | None,
        removed: Sequence[ast.AST],
        seen: Callable[[], Collection[str]],
    ) -> FollowedPaths:
        """Return what becomes of a file's path literals, and of strings that were left.

        ``computed`` are the paths that it computes from its own place, ``removed`` the statements
        that go; ``seen`` gives the names of the file that other files use.
        """
        facts, tree = self.inventory.python[path], self.inventory.tree
        if facts.goes_to:
            return FollowedPaths()
        analysis = PathAnalysis(module, path, tree) if facts.file_lines else None
        imported = imported_paths(self.inventory, path)
        texts = texts_of(module, analysis, path, {name: at for name, (at, _) in imported.items()})
        constants = {
            at: dirname(self.destination.of_file(by))
            for at, by in imported.values()
            if at == dirname(by)
        }
        done = {id(node) for part in removed for node in ast.walk(part)}
        done |= _in_path_hacks(module) if facts.may_have_hacks else set()
        deferred: set[int] = set()
        if computed is not None:
            done |= computed.followed
            deferred = {id(expression) for expression, _ in computed.deferred}
        rewriter = WorkingPathRewriter(
            source,
            module,
            path,
            self.inventory,
            self.destination,
            texts,
            constants,
            done,
            deferred,
            seen,
        )
        made = rewriter.rewrite()
        made.findings += calls_without_project(module, path, self.destination)
        made.findings += unfollowed_strings(path, self.inventory, self.destination, made.settled)
        return made

    def may_name_moved(self, path: str, text: str) -> bool:
        """Tell from a file's text whether it may name what moved."""
        file = self.inventory.python[path]
        if file.file_lines or names_moved(path, self.inventory, self.destination):
            return True
        if self._imports_constants(path) or self._counts_from_itself(path, text):
            return True
        if "dbt" in text and PROJECT in self.destination.moves:
            return True
        names = self._tops | self._names_beside(path)
        if len(names) <= _FEW:
            return any(_stands_in(name, text) for name in names)
        return any(
            name in names and (end != " " or "." in name) for name, end in _WORD.findall(text)
        )

    def _counts_from_itself(self, path: str, text: str) -> bool:
        """Tell whether paths of a file may count from its own folder, and that is another now."""
        if dirname(self.destination.of_file(path)) == dirname(path):
            return False
        return is_notebook(path) or "resource" in text or "get_data" in text

    def _imports_constants(self, path: str) -> bool:
        python = self.inventory.python
        return any(
            imported in self._with_constants and imported in python
            for _, resolution in self.inventory.resolutions(path)
            for imported in resolution.files
        )

    @cached_property
    def _with_constants(self) -> frozenset[str]:
        return frozenset(p for p, file in self.inventory.python.items() if file.path_constants)

    @cached_property
    def _tops(self) -> frozenset[str]:
        """The first parts of the paths of what moved."""
        return frozenset(path.partition("/")[0] for path in self.destination.moves)

    @cached_property
    def _beside(self) -> dict[str, set[str]]:
        """The names in each folder that something moved out of."""
        found: dict[str, set[str]] = {}
        for path in self.destination.moves:
            folder, _, name = path.rpartition("/")
            while folder:
                found.setdefault(folder, set()).add(name)
                folder, _, name = folder.rpartition("/")
        return found

    def _names_beside(self, path: str) -> set[str]:
        """Return names that count where a file may be started: in its own folder, and others."""
        folders = {dirname(path), *self.inventory.started_in.get(path, ())}
        if is_notebook(path) and dirname(path):
            folders.add(dirname(dirname(path)))
        return {name for folder in folders for name in self._beside.get(folder, ())}


@lru_cache(maxsize=1 << 12)
def _word(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name) + (r"[\"'/\\ ]" if "." in name else r"[\"'/\\]"))


def _stands_in(name: str, text: str) -> bool:
    """Tell whether a name stands in a text where it may begin a path."""
    found = _word(name).finditer(text)
    return any(not _PART.match(text[match.start() - 1 : match.start()]) for match in found)


def _in_path_hacks(module: ast.Module) -> set[int]:
    """Return the ids of all that stands in statements that change the search path."""
    outline = outline_of(module)
    statements = [r.node for r in outline.records if id(r.node) in outline.changes]
    return {id(node) for statement in statements for node in ast.walk(statement)}
