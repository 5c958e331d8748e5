"""Files that use a module that is split follow each name to the part that has it.

A split that not every file can follow is given up, and a finding says which line is in the way: a
module that is used as a whole stays whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from relayout.conversions.splitting.redirect_file import Asked, FileRedirect
from relayout.conversions.splitting.redirect_modules import (
    Unfollowed,
    split_modules,
)
from relayout.conversions.splitting.redirect_settings import redirected_settings
from relayout.conversions.splitting.redirect_uses import around
from relayout.inventory import Inventory
from relayout.inventory.references import decoded
from relayout.inventory.search_paths import Located
from relayout.inventory.string_meanings import names_one_of
from relayout.notebook import read_source
from relayout.planning.plan import Finding
from relayout.planning.split import Split, stem_of
from relayout.rewriting.needed_names import NeededNames
from relayout.source import Edit, NotPython, apply_edits

CODE = "not-split"
_ADVICE = "Name what is needed of it there, then adopt again; or leave it in one module."


@dataclass(frozen=True)
class Redirection:
    """The splits that every file can follow, and how.

    ``edits`` are spans in characters of a file's text before, by its path: of the text of
    :func:`relayout.notebook.read_source` for Python, of
    :func:`relayout.inventory.references.decoded` for other files. Those of split modules are
    among them: what one needs of another.
    """

    splits: tuple[Split, ...]
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def redirect(
    inventory: Inventory, splits: Sequence[Split], *, are_settled: bool = False
) -> Redirection:
    """Return what becomes of the files that use split modules. Never raises for what they hold.

    Splits that ``are_settled`` are made in any case: what cannot be followed is a finding.
    """
    left = tuple(split for split in splits if split.parts)
    findings: list[Finding] = []
    while left:
        redirector = _Redirector(inventory, left)
        edits, problems = redirector.redirect(are_settled=are_settled)
        if are_settled:
            findings += map(_not_followed, problems)
        if are_settled or not problems:
            return Redirection(left, edits, (*findings, *redirector.about_loggers()))
        findings += _given_up(problems)
        gone = {problem.split for problem in problems}
        left = tuple(split for split in left if split.path not in gone)
    return Redirection((), {}, tuple(findings))


def redirected(inventory: Inventory, redirection: Redirection) -> dict[str, bytes]:
    """Return the new contents of the files that use split modules, by path.

    Split modules themselves are not among them.
    """
    split = {one.path for one in redirection.splits}
    contents = {}
    for path, edits in redirection.edits.items():
        if path in split:
            continue
        content = inventory.tree.read(path)
        if path in inventory.python and inventory.python[path].error is None:
            source = read_source(path, content)
            contents[path] = source.edited(source.fitted(edits))
        else:
            text, encoding = decoded(content)
            contents[path] = apply_edits(text, edits).encode(encoding)
    return contents


def asked_names(inventory: Inventory, splits: Sequence[Split]) -> dict[str, frozenset[str]]:
    """Return, by path, the names that other files ask of each split module; ``*`` for all."""
    if not splits:
        return {}
    redirector = _Redirector(inventory, splits)
    asked = redirector.asked.imported | redirector.asked.reached
    return {
        split.path: frozenset(name for path, name in asked if path == split.path)
        for split in splits
    }


class _Redirector:
    """Redirects all files of a repository."""

    def __init__(self, inventory: Inventory, splits: Sequence[Split]) -> None:
        self._inventory = inventory
        self._modules = split_modules(inventory, splits)
        self._needed = NeededNames(inventory)
        self._files = list(self._read())
        self.asked = Asked()
        for file in self._files:
            file.ask(self.asked)

    def redirect(
        self, *, are_settled: bool
    ) -> tuple[dict[str, tuple[Edit, ...]], list[Unfollowed]]:
        """Return the edits by path, and why some of the modules cannot be split."""
        problems = [p for file in self._files for p in file.unfollowed(self.asked)]
        if problems and not are_settled:
            return {}, problems
        found: dict[str, tuple[Edit, ...]] = {}
        for file in self._files:
            edits, impossible = file.edits(self.asked)
            problems += impossible
            if edits and not (impossible and file.not_valid(edits)):
                found[file.path] = tuple(edits)
        for path, more in redirected_settings(self._inventory, self._modules).items():
            found[path] = tuple(_with_others(found.get(path, ()), more))
        return found, problems

    def about_loggers(self) -> Iterator[Finding]:
        """Yield what is said of loggers of which there are several now."""
        for file in self._files:
            yield from file.about_loggers()

    def _read(self) -> Iterator[FileRedirect]:
        """Yield the files that may use a split module, or are one."""
        folders = around(self._modules.keys())
        for path in self._inventory.python:
            if self._is_concerned(path, folders):
                try:
                    yield FileRedirect(self._inventory, path, self._modules, self._is_needed)
                except NotPython:
                    continue

    def _is_concerned(self, path: str, folders: Iterable[str]) -> bool:
        if path in self._modules:
            return True
        file = self._inventory.python[path]
        if file.error is not None:
            return False
        for _, meaning in self._inventory.resolutions(path):
            for located in (meaning.module, meaning.submodule):
                if located is not None and self._leads_there(located, folders):
                    return True
            if any(candidate in self._modules for candidate in meaning.candidates):
                return True
        if file.may_have_examples and self._may_show(path):
            return True
        return names_one_of(self._inventory, path, self._modules.keys())

    def _may_show(self, path: str) -> bool:
        """Tell whether a file may show imports of a split module in its docstrings."""
        content = self._inventory.tree.read(path)
        return any(stem_of(split).encode() in content for split in self._modules)

    def _leads_there(self, located: Located, folders: Iterable[str]) -> bool:
        if located.file in self._modules:
            return True
        return any(folder in folders for folder in located.package_folders)

    def _is_needed(self, path: str, name: str) -> bool:
        """Tell whether other files take a name from a file."""
        return name in self._needed.of(path)


def _with_others(edits: Sequence[Edit], more: Iterable[Edit]) -> list[Edit]:
    """Return edits of code, and those of its text that are not in them already."""
    others = [m for m in more if not any(m.start < e.end and e.start < m.end for e in edits)]
    return [*edits, *others]


def _not_followed(problem: Unfollowed) -> Finding:
    """Return what is said of a line that is as it was, though a module it uses is split."""
    message = f"{problem.reason}; {problem.split} is divided, and this was not followed"
    advice = "Name the module that has what is needed there."
    return Finding("reference-not-followed", problem.path, problem.line, message, advice)


def _given_up(problems: Sequence[Unfollowed]) -> Iterator[Finding]:
    """Yield one finding for each module that stays whole, with the first line in the way."""
    known: dict[str, list[Unfollowed]] = {}
    for problem in problems:
        known.setdefault(problem.split, []).append(problem)
    for split, found in known.items():
        first = found[0]
        where = f"{first.path}:{first.line}" if first.line else first.path
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        message = f"it is not split by kinds of definitions: {where}: {first.reason}{more}"
        yield Finding(CODE, split, 0, message, _ADVICE)
