"""Files that are no Python: what they name of a split module follows to the part that has it.

Followed is what the moves follow afterwards: references to the module, and entry points
(https://packaging.python.org/en/latest/specifications/entry-points/). Behind the module a name in
it may stand (``package.module:name``, ``path/of/module.py::name``), or it is imported; and Dagster
is told where to load a code location from
(https://docs.dagster.io/deployment/code-locations/workspace-yaml): that goes where the definitions
are. Whatever else names the module finds it under its old name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename

from relayout.conversions.splitting.redirect_modules import SplitModule, dotted_names
from relayout.inventory import Inventory
from relayout.inventory.dagster.named_locations import attribute_beside
from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Reference
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook, read_source
from relayout.planning.split import stem_of
from relayout.source import Edit

KIND = "split"

_ENTRY_POINTS = frozenset({"pyproject.toml", "setup.cfg", "setup.py"})
"""Files whose entry points are carried over."""

_NAMED = re.compile(r"(?:::?|\.)(\w+)(?![\w-])")
_IMPORTED = re.compile(r"[ \t]+import[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*(?=[;\r\n'\"]|$)")

_LOADS = re.compile(
    r"\b(?:module_name|code_location_target_module|python_module|python_file|relative_path"
    r"|package_name|python_package)\b|\b(?:dagster|dagit|dg|dagster-\w+)\b.*\s-[fm]|--(?:python-file|module-name)"
)
"""What stands on a line that lets Dagster load a code location."""

_ATTRIBUTE = re.compile(r"(?:\battribute\"?\s*[:=]\s*|\s-a\s+|--attribute[ =])[\"']?(\w+)")
_NEAR = 4
"""So many lines around the module of a code location its attribute may stand."""
_FAR = 2000
"""What is so many characters away belongs to something else."""


def redirected_settings(
    inventory: Inventory, modules: Mapping[str, SplitModule]
) -> dict[str, tuple[Edit, ...]]:
    """Return the edits of files that name what is in split modules, by path."""
    named = [_Names(inventory, module) for module in modules.values()]
    found: dict[str, tuple[Edit, ...]] = {}
    for path in _concerned(inventory, modules) if named else ():
        content = inventory.tree.read(path)
        is_code = path in inventory.python and inventory.python[path].error is None
        text = read_source(path, content).text if is_code else decoded(content)[0]
        references = inventory.references.get(path, ())
        edits = {e.start: e for names in named for e in names.edits(text, path, references)}
        if edits:
            found[path] = tuple(edits[start] for start in sorted(edits))
    return found


def _concerned(inventory: Inventory, modules: Mapping[str, SplitModule]) -> Iterator[str]:
    """Yield the files that name a split module, or may have entry points."""
    for path in inventory.tree:
        if is_quarantined(path) or path in inventory.foreign or is_notebook(path):
            continue
        references = inventory.references.get(path, ())
        is_regular = inventory.tree.is_regular(path)
        if any(reference.path in modules for reference in references) or (
            basename(path) in _ENTRY_POINTS and is_regular
        ):
            yield path


class _Names:
    """The names of one split module in texts."""

    def __init__(self, inventory: Inventory, module: SplitModule) -> None:
        self._module = module
        self._parts = {n: p.path for p in module.split.parts for n in reversed(p.names)}
        self._stem = stem_of(module.path)
        names = "|".join(map(re.escape, self._parts)) or r"(?!)"
        whole = "|".join(map(re.escape, dotted_names(inventory, module.path))) or r"(?!)"
        self._entry_point = re.compile(rf"(?<![\w./:-])(?:src\.)?({whole}):({names})(?![\w-])")

    def edits(self, text: str, path: str, references: Sequence[Reference]) -> Iterator[Edit]:
        """Yield the edits of a file that names what is in parts."""
        if basename(path) in _ENTRY_POINTS:
            for match in self._entry_point.finditer(text):
                yield self._edit(match.end(1), self._parts[match[2]])
        for reference in references:
            if reference.path == self._module.path:
                part = self._part(reference, text)
                end = reference.start + len(reference.text.removesuffix(".py"))
                if part != self._module.path and text[:end].endswith(self._stem):
                    yield self._edit(end, part)

    def _part(self, reference: Reference, text: str) -> str:
        """Return the part that a reference means."""
        named = _NAMED.match(text, reference.end)
        if named:
            return self._parts.get(named[1], self._module.path)
        imported = _IMPORTED.match(text, reference.end)
        if imported:
            names = re.findall(r"\w+", imported[1])
            parts = {self._parts.get(name, self._module.path) for name in names}
            return parts.pop() if len(parts) == 1 else self._module.path
        return self._of_location(reference, text)

    def _of_location(self, reference: Reference, text: str) -> str:
        """Return the part that a code location is loaded from, if one is."""
        if reference.kind == "dagster":
            asked = attribute_beside(reference, text)
        else:
            asked = _attribute_near(reference.start, text)
        if asked is None:
            return self._module.path
        return self._parts.get(asked, self._module.path) if asked else self._module.definitions

    def _edit(self, end: int, part: str) -> Edit:
        """Return the edit of the last part of a name or path, which ends at ``end``."""
        return Edit(end - len(self._stem), end, stem_of(part), KIND)


def _attribute_near(offset: int, text: str) -> str | None:
    """Return the attribute of the code location on a line, which may be none; None for no such."""
    line = _lines_around(text, offset, 0)
    if not _LOADS.search(line):
        return None
    found = _ATTRIBUTE.search(line) or _ATTRIBUTE.search(_lines_around(text, offset, _NEAR))
    return found[1] if found else ""


def _lines_around(text: str, offset: int, number: int) -> str:
    """Return the line at an offset with so many lines before it, and behind it; not too much."""
    start, end = offset + 1, offset
    first, last = offset - _FAR, offset + _FAR
    for _ in range(number + 1):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1 if start else 0
        found = text.find("\n", end)
        end = len(text) if found < 0 else found + 1
    return text[max(start, first, 0) : min(end, last)]
