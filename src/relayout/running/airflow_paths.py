"""Whether what a DAG says before a migration and after it leads to the same.

Arguments of tasks name files, folders and modules: in commands, as paths of a container, in the
names of functions. Two texts are the same if they are equal but for such names, and each leads to
what became of the other's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any

from relayout.inventory.configured_paths.values import Mounts
from relayout.inventory.search_paths import module_name
from relayout.running.airflow_folders import DagFolder
from relayout.tree import Tree

REPOSITORY, HOME = "@repository@", "@home@"
"""What the probe writes for the checkout, and for Airflow's home."""

_BETWEEN = re.compile(r"([\s'\"`,;|<>()\[\]{}=&:]+)")
_STARTED = re.compile(r"(?P<python>python[\d.]*\s+)-m\s+(?P<module>[\w.]+)")
_SEARCHED = re.compile(r"(?:export\s+)?PYTHONPATH=\S*\s*(?:&&\s*|;\s*)?")


@dataclass(frozen=True)
class Side:
    """One state: its files, and the folders that Airflow loads DAGs from."""

    tree: Tree
    folders: tuple[DagFolder, ...]

    @cached_property
    def mounts(self) -> Mounts:
        """Where the paths that code may name are in the repository."""
        pairs = [(REPOSITORY, "")]
        for folder in self.folders:
            pairs += [(f"{HOME}/{name}", path) for name, path in folder.home]
            pairs += [(f"/opt/airflow/{name}", path) for name, path in folder.home]
            pairs += folder.mounts
        return Mounts(tuple(dict.fromkeys(pairs)))

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """Modules by the names that they can be imported by."""
        found = {module_name(path): path for path in sorted(self.tree.modules)}
        for folder in self.folders:
            for base in (*folder.front, *folder.back):
                start = f"{base}/" if base else ""
                for path in self.tree.modules:
                    if path.startswith(start):
                        found.setdefault(module_name(path[len(start) :]), path)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that modules and folders have, and the first ones of dotted names."""
        parts = {part for path in self.tree.modules for part in dirname(path).split("/")}
        files = {path.rpartition("/")[2].removesuffix(".py") for path in self.tree.modules}
        return frozenset(parts | files | {name.partition(".")[0] for name in self.modules})

    @cached_property
    def by_end(self) -> Mapping[str, list[str]]:
        """Files by their last part."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.tree):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def leads_to(self, name: str) -> set[str]:
        """Return the files and folders that a name in a DAG may stand for."""
        text = name.removeprefix("file://").rstrip("/.") or name
        if text.startswith(("/", REPOSITORY, HOME)):
            found = set(self.mounts.within(normpath(text)))
        else:
            bases = {"", *(f.path for f in self.folders), *(dirname(f.path) for f in self.folders)}
            found = {normpath(join(base, text)) for base in bases}
        there = {path for path in found if path in self.tree or path in self.tree.folders}
        if there:
            return there
        ends = self.by_end.get(text.rpartition("/")[2], ()) if "." in text else ()
        return {path for path in ends if f"/{path}".endswith("/" + text.lstrip("./"))}

    def module(self, dotted: str) -> tuple[str, str] | None:
        """Return the file of a dotted name's module, and what follows its name; None if unknown."""
        parts = dotted.split(".")
        for count in range(len(parts), 0, -1):
            path = self.modules.get(".".join(parts[:count]))
            if path is not None:
                return path, ".".join(parts[count:])
        return None


class Paths:
    """Compares texts of two states, by what became of the files of the first."""

    def __init__(self, was: Side, now: Side, moves: Mapping[str, Sequence[str]]) -> None:
        """Take what each file of the first state became: several where one was split."""
        self.was = was
        self.now = now
        self.moves = moves

    def after(self, path: str) -> str:
        """Return where a file is after the migration."""
        return next(iter(self.moves.get(path, ())), path)

    def is_own(self, dotted: str) -> bool:
        """Tell whether a name may be a module of the repository."""
        top, _, rest = dotted.partition(".")
        if top == "airflow" and rest:
            return self.was.module(dotted) is not None or self.now.module(dotted) is not None
        return top in self.was.names or top in self.now.names

    def same(self, was: Any, now: Any) -> bool:
        """Tell whether two values are the same, apart from names that lead to the same."""
        if was == now:
            return True
        if isinstance(was, dict) and isinstance(now, dict):
            return was.keys() == now.keys() and all(self.same(was[k], now[k]) for k in was)
        if isinstance(was, list) and isinstance(now, list):
            pairs = zip(was, now, strict=False)
            return len(was) == len(now) and all(self.same(*pair) for pair in pairs)
        return isinstance(was, str) and isinstance(now, str) and self.same_text(was, now)

    def same_text(self, was: str, now: str) -> bool:
        """Tell whether two texts are the same, apart from names that lead to the same."""
        if was == now:
            return True
        old, new = _words(was, self.was), _words(now, self.now)
        if len(old) != len(new):
            return False
        return all(self._same_word(*pair) for pair in zip(old, new, strict=True))

    def _same_word(self, was: str, now: str) -> bool:
        if was == now:
            return True
        if self._same_place(was, now):
            return True
        old, new = self.was.module(was), self.now.module(now)
        return (
            old is not None and new is not None and old[1] == new[1] and self._moved(old[0], new[0])
        )

    def _same_place(self, was: str, now: str) -> bool:
        new = self.now.leads_to(now)
        return any(self._moved(path, place) for path in self.was.leads_to(was) for place in new)

    def _moved(self, path: str, place: str) -> bool:
        """Tell whether a file or folder went to a place, or some file of it went there."""
        if path in self.was.tree or path == place:
            return place in self.moves.get(path, (path,))
        return any(
            target == f"{place}/{source[len(path) + 1 :]}".lstrip("/")
            for source, targets in self.moves.items()
            if not path or source.startswith(f"{path}/")
            for target in targets
        )


def _words(text: str, side: Side) -> list[str]:
    """Return the words of a text and what stands between; modules that are started are files."""

    def started(match: re.Match[str]) -> str:
        path = side.modules.get(match["module"])
        return match[0] if path is None else f"{match['python']}{REPOSITORY}/{path}"

    return _BETWEEN.split(_STARTED.sub(started, _SEARCHED.sub("", text)))


def outcomes(
    moves: Mapping[str, str], splits: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return what each file became: where it went, or the parts that it was split into."""
    parts = {path: tuple(moves.get(part, part) for part in own) for path, own in splits.items()}
    return {**{path: (target,) for path, target in moves.items()}, **parts}
