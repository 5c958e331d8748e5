"""Files that are no Python: what they name of a split module follows to the part that has it.

Followed are ``package.module:name`` (entry points,
https://packaging.python.org/en/latest/specifications/entry-points/), ``package.module.name``,
``path/of/module.py:name`` and ``::name`` as pytest has it, and what Dagster is told to load a code
location from (https://docs.dagster.io/deployment/code-locations/workspace-yaml): that goes where
the definitions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from relayout.conversions.splitting.redirect_modules import SplitModule, stem_of
from relayout.inventory import Inventory
from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Reference
from relayout.inventory.search_paths import is_quarantined, module_stem
from relayout.notebook import read_source
from relayout.source import Edit

KIND = "split"

_TEXTS = (
    *(".toml", ".cfg", ".ini", ".yaml", ".yml", ".json", ".md", ".rst", ".txt", ".sh", ".bat"),
    *(".ps1", ".mk", ".tf", ".hcl", ".just"),
)
_NAMED = re.compile(r"(?i)(?:make|docker|jenkins|just|proc)file(?:\..*)?|Containerfile|setup\.py")
_ENTRY_POINTS = frozenset({"pyproject.toml", "setup.cfg", "setup.py", "Procfile"})
"""Where a word and a name behind a colon are a module and what is in it."""

_LOADS = re.compile(
    r"\b(?:module_name|code_location_target_module|python_module|python_file|relative_path"
    r"|package_name|python_package)\b|\b(?:dagster|dagit|dg|dagster-\w+)\b.*\s-[fm]|--(?:python-file|module-name)"
)
"""What stands on a line that lets Dagster load a code location."""

_ATTRIBUTE = re.compile(r"(?:\battribute\"?\s*[:=]\s*|\s-a\s+|--attribute[ =])[\"']?(\w+)")
_NEAR = 4
"""So many lines around the module of a code location its attribute may stand."""


def redirected_settings(
    inventory: Inventory, modules: Mapping[str, SplitModule]
) -> dict[str, tuple[Edit, ...]]:
    """Return the edits of files that name what is in split modules, by path."""
    named = [_Names(inventory, module) for module in modules.values()]
    found: dict[str, tuple[Edit, ...]] = {}
    for path in inventory.tree if named else ():
        if not _may_name(path, inventory):
            continue
        content = inventory.tree.read(path)
        concerned = [names for names in named if names.may_be_in(content)]
        if concerned:
            is_code = path in inventory.python and inventory.python[path].error is None
            text = read_source(path, content).text if is_code else decoded(content)[0]
            references = inventory.references.get(path, ())
            edits = {e.start: e for names in concerned for e in names.edits(text, path, references)}
            if edits:
                found[path] = tuple(edits[start] for start in sorted(edits))
    return found


def _may_name(path: str, inventory: Inventory) -> bool:
    name = basename(path)
    if name.startswith(".env") or is_quarantined(path) or path in inventory.foreign:
        return False
    if not inventory.tree.is_regular(path):
        return False
    is_code = path in inventory.python and name != "setup.py"
    return not is_code and (path.endswith(_TEXTS) or bool(_NAMED.fullmatch(name)))


class _Names:
    """The names of one split module in texts."""

    def __init__(self, inventory: Inventory, module: SplitModule) -> None:
        self._module = module
        self._parts = {n: p.path for p in module.split.parts for n in reversed(p.names)}
        self._dotted = tuple(_dotted_names(inventory, module.path))
        self._stem = stem_of(module.path)
        names = "|".join(map(re.escape, self._parts)) or r"(?!)"
        ends = [re.escape(dotted) for dotted in self._dotted if "." in dotted]
        whole = "|".join(ends) or r"(?!)"
        self._in_module = re.compile(rf"(?<![\w./-])(?:src\.)?(?:{whole})[.:]({names})\b(?!-)")
        bare = "|".join(re.escape(dotted) for dotted in self._dotted if "." not in dotted)
        self._bare = re.compile(rf"(?<![\w./:-])(?:{bare or '(?!)'}):({names})\b(?!-)")
        self._in_file = re.compile(
            rf"(?<![\w/-])(?:\./)?{re.escape(module.path)}::?({names})\b(?!-)"
        )

    def may_be_in(self, content: bytes) -> bool:
        """Tell whether a file may name the module; quick to ask."""
        return self._stem.encode() in content

    def edits(self, text: str, path: str, references: tuple[Reference, ...]) -> Iterator[Edit]:
        """Yield the edits of a file that names what is in parts."""
        patterns = [self._in_module, self._in_file]
        if basename(path) in _ENTRY_POINTS:
            patterns.append(self._bare)
        for pattern in patterns:
            for match in pattern.finditer(text):
                before = match.group()[: match.start(1) - match.start()].rstrip(".:")
                end = match.start() + len(before.removesuffix(".py"))
                yield self._edit(end, self._parts[match[1]])
        for reference in references:
            if reference.path == self._module.path:
                yield from self._about_location(reference, text)

    def _about_location(self, reference: Reference, text: str) -> Iterator[Edit]:
        """Yield the edit of a module that Dagster loads its definitions from."""
        line = _lines_around(text, reference.start, 0)
        if reference.kind != "dagster" and not _LOADS.search(line):
            return
        near = _lines_around(text, reference.start, _NEAR)
        asked = _ATTRIBUTE.search(line) or _ATTRIBUTE.search(near)
        part = self._parts.get(asked[1], self._module.path) if asked else self._module.definitions
        end = reference.start + len(reference.text.removesuffix(".py"))
        spelled_out = text[reference.start : end].endswith(self._stem)
        if part != self._module.path and spelled_out:
            yield self._edit(end, part)

    def _edit(self, end: int, part: str) -> Edit:
        """Return the edit of the last part of a name or path, which ends at ``end``."""
        return Edit(end - len(self._stem), end, stem_of(part), KIND)


def _lines_around(text: str, offset: int, number: int) -> str:
    """Return the line at an offset with so many lines before it, and behind it."""
    start, end = offset + 1, offset
    for _ in range(number + 1):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1 if start else 0
        found = text.find("\n", end)
        end = len(text) if found < 0 else found + 1
    return text[start:end]


def _dotted_names(inventory: Inventory, path: str) -> Iterator[str]:
    """Yield the dotted names by which a module is imported from somewhere."""
    for root in inventory.resolver.roots:
        inside = path.removeprefix(f"{root}/") if root else path
        dotted = module_stem(inside).replace("/", ".")
        found = inventory.resolver.finder.find(inventory.resolver.roots, dotted)
        if (not root or inside != path) and found is not None and found.file == path:
            yield dotted
