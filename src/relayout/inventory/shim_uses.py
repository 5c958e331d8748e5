"""Who still uses shims: imports, strings that name modules, and configuration.

What documents say of an old path is no use of it: nothing breaks when the shim goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.meaning import Status
from relayout.inventory.module_strings import ModuleString
from relayout.inventory.python import PythonFile
from relayout.inventory.references import decoded
from relayout.inventory.references.documents import markdown, mkdocs, restructured_text
from relayout.inventory.shims import looks_like_shim
from relayout.inventory.string_meanings import meaning_of, modules_below
from relayout.inventory.string_places import Place
from relayout.source import line_at

_DOCUMENTS = frozenset({markdown.KIND, mkdocs.KIND, restructured_text.KIND})


@dataclass(frozen=True, slots=True)
class ShimUse:
    """One place that uses a shim: the file, its line, and what stands there."""

    path: str
    line: int
    text: str


def uses_of(inventory: Inventory, modules: Collection[str]) -> dict[str, tuple[ShimUse, ...]]:
    """Return who uses each of some modules, by the module's path, in order of place.

    What shims do is left out: who imports a shim uses that, and not what it leads to.
    """
    found: dict[str, set[ShimUse]] = {path: set() for path in modules}
    for file in inventory.python.values():
        if not looks_like_shim(file):
            for module, use in (*_in_python(inventory, file), *_in_texts(inventory, file)):
                if module in found:
                    found[module].add(use)
    for module, use in (*_in_references(inventory, found), *_in_runs(inventory, found)):
        found[module].add(use)
    return {module: _in_order(uses) for module, uses in found.items()}


def _in_order(uses: set[ShimUse]) -> tuple[ShimUse, ...]:
    """Return uses in order of place, one for each line that says it in one way."""
    return tuple(sorted(uses, key=lambda use: (use.path, use.line, use.text)))


def _in_python(inventory: Inventory, file: PythonFile) -> Iterator[tuple[str, ShimUse]]:
    for name, resolution in inventory.resolutions(file.path):
        if resolution.status is Status.AMBIGUOUS:
            files: tuple[str, ...] = resolution.candidates
        else:
            files = resolution.files[:1]
        for used in files:
            yield used, ShimUse(file.path, file.file_line(name.line), str(name))
    for string in file.module_strings:
        if string.place is not Place.LOGGER:
            for used in _named_by(inventory, file.path, string):
                yield used, ShimUse(file.path, file.file_line(string.line), string.text)
    for line, text in file.named_files:
        named = inventory.named_module(file.path, text) if text.endswith(".py") else None
        if named is not None:
            yield named, ShimUse(file.path, file.file_line(line), text)


def _in_texts(inventory: Inventory, file: PythonFile) -> Iterator[tuple[str, ShimUse]]:
    """Yield the modules that strings and magics name in full, or something in them.

    What has the form of such a name, and is none, does no harm: the shim stays.
    """
    resolver = inventory.resolver
    strings = [(file.file_line(line), text) for line, text in file.named_files]
    for line, text in (*strings, *file.named_in_magics):
        dotted = text.removeprefix("ext://").replace(":", ".").removesuffix(".")
        while dotted:
            located = resolver.finder.find(resolver.roots, dotted)
            if located is not None:
                if located.file is not None:
                    yield located.file, ShimUse(file.path, line, text)
                break
            dotted = dotted.rpartition(".")[0]


def _named_by(inventory: Inventory, path: str, string: ModuleString) -> Iterator[str]:
    meaning = meaning_of(inventory, path, string)
    if meaning is None:
        return
    if meaning.module.file is not None:
        yield meaning.module.file
    if meaning.all_below:
        yield from modules_below(inventory, meaning.module)


def _in_references(inventory: Inventory, modules: Collection[str]) -> Iterator[tuple[str, ShimUse]]:
    for path, references in inventory.references.items():
        wanted = [r for r in references if r.path in modules and r.kind not in _DOCUMENTS]
        if wanted:
            text, _ = decoded(inventory.tree.read(path))
            for reference in wanted:
                line = line_at(text, reference.start)
                yield reference.path, ShimUse(path, line, reference.text)


def _in_runs(inventory: Inventory, modules: Collection[str]) -> Iterator[tuple[str, ShimUse]]:
    """Yield what runner files start, as far as no reference of theirs says it."""
    told = {(p, r.path) for p, references in inventory.references.items() for r in references}
    for run in inventory.runs:
        if run.path in modules and (run.runner, run.path) not in told:
            yield run.path, ShimUse(run.runner, run.line, run.path)
