"""The ``definitions.py`` of a package that has definitions, and nothing that loads them.

Dagster finds what it loads in one module of a package
(https://docs.dagster.io/guides/build/projects/dagster-project-file-reference). It is written as a
person would write it for this package: modules of assets and of checks, all else by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from relayout.conversions.conversion import Conversion
from relayout.conversions.dagster.contents import Item, contents_of, without_unsure
from relayout.conversions.dagster.definitions_text import (
    call_of_list,
    definitions_call,
    in_pipeline_order,
    merged,
)
from relayout.conversions.dagster.new_names import WIDTH, NewNames, from_import
from relayout.conversions.dagster.resource_keys import Asked, asked_keys, chosen, providers
from relayout.inventory import Inventory
from relayout.inventory.dagster import definition_folders
from relayout.inventory.dagster.loading import definitions_objects
from relayout.inventory.dagster.named_locations import named_locations
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import Located, is_quarantined, module_stem
from relayout.planning.homes import Home, Homes, home_of
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.tree import is_within

_FOLDERS = ("assets", "jobs", "checks", "resources")
_STEP = "    "
_DOCSTRING = '"""What Dagster loads of this package."""'


def write_definitions(inventory: Inventory, destination: Destination, homes: Homes) -> Conversion:
    """Return the module that loads the definitions of each package that has none, as an addition.

    It is written only where definitions move into the folders of a layout for them.
    """
    additions: dict[str, bytes] = {}
    findings: list[Finding] = []
    if not inventory.dagster or _is_loaded(inventory):
        return Conversion()
    placed = _placed(inventory, destination)
    for home in homes.all:
        paths = [path for path in placed if _is_in(path, home, destination)]
        place = _place(inventory, home)
        is_needed = any(_is_sorted(path, home, destination) for path in paths)
        if is_needed and place not in destination.tree:
            writer = _Writer(inventory, destination, home, paths)
            additions[place] = writer.text().encode()
            findings += [*writer.findings(place)]
    return Conversion(additions=additions, findings=tuple(findings))


def _is_loaded(inventory: Inventory) -> bool:
    """Tell whether something loads definitions now: an object of them, or what is configured.

    A folder that is loaded for itself does not count: its modules do not stay in it.
    """
    named = (one.module for one in named_locations(inventory) if one.kind != "autoload")
    return any(named) or bool(definitions_objects(inventory))


def _placed(inventory: Inventory, destination: Destination) -> list[str]:
    """Return the modules of folders of definitions that are not in quarantine afterwards."""
    folders = definition_folders(inventory.dagster)
    return [
        path
        for path in inventory.dagster
        if path.rpartition("/")[0] in folders
        and not is_test(path)
        and not is_quarantined(destination.of_file(path))
    ]


def _is_in(path: str, home: Home, destination: Destination) -> bool:
    return home_of(destination.of_file(path), (home,)) is not None


def _is_sorted(path: str, home: Home, destination: Destination) -> bool:
    new = destination.moves.get(path, "")
    return any(is_within(new, f"{home.root}/{folder}") for folder in _FOLDERS if new)


def _place(inventory: Inventory, home: Home) -> str:
    """Return where the module goes: where configuration looks for it, else ``definitions.py``."""
    for location in named_locations(inventory):
        if location.target.startswith(f"{home.package}.") and not location.module:
            return f"{home.source}/{location.target.replace('.', '/')}.py"
    return f"{home.root}/definitions.py"


class _Writer:
    """Writes the module of one package."""

    def __init__(
        self, inventory: Inventory, destination: Destination, home: Home, paths: Sequence[str]
    ) -> None:
        self._destination = destination
        self._home = home
        self._dagster: set[str] = set()
        self._names = NewNames({"defs"})
        ordered = in_pipeline_order(paths, destination)
        contents = contents_of(ordered, inventory, object_speaks=False)
        self._contents, self._whole = without_unsure(contents)
        asked = asked_keys(paths, inventory)
        offered = providers(paths, inventory)
        found = {key: chosen(one, offered) for key, one in asked.items()}
        self._missing = [asked[key] for key, provider in found.items() if provider is None]
        self._resources = {key: p.item for key, p in sorted(found.items()) if p is not None}

    def text(self) -> str:
        """Return the text of the module."""
        depth = len(_STEP) if self._whole else 0
        calls = [
            definitions_call(
                self._contents,
                self._of_dagster,
                self._module,
                self._item,
                self._resource_lines(depth),
                depth,
            )
        ]
        if self._whole:
            load = self._of_dagster("load_definitions_from_modules")
            names = [self._module(path) for path in self._whole]
            calls.append(call_of_list(load, names, [], depth + 1))
        call = merged(calls, self._of_dagster)
        imports = [line for lines in self._names.statements() for line in lines]
        head = [_DOCSTRING, "", *from_import("dagster", sorted(self._dagster)), ""]
        lines = [*head, *imports, "", f"defs = {call[0]}", *call[1:]]
        return "".join(f"{line}\n" for line in lines)

    def findings(self, place: str) -> Iterable[Finding]:
        """Yield what a person should know about the module."""
        message = "nothing loaded the definitions of this package: this module does"
        advice = "Look at it: what it lists is all that Dagster finds in the package."
        yield Finding("definitions-written", place, 0, message, advice)
        for asked in self._missing:
            yield self._not_provided(asked, place)

    def _not_provided(self, asked: Asked, place: str) -> Finding:
        what = f" of class {asked.class_name}" if asked.class_name else ""
        message = f"{asked.name} asks for the resource {asked.key}{what}, which nothing provides"
        advice = f'Add it to {place}: resources={{"{asked.key}": ...}}.'
        where = self._destination.of_file(asked.path)
        return Finding("resource-not-provided", where, asked.line, message, advice)

    def _of_dagster(self, name: str) -> str:
        self._dagster.add(name)
        return name

    def _dotted(self, path: str) -> str:
        new = self._destination.of_file(path)
        name = self._destination.name_of(Located(new), (self._home.source,))
        return name or module_stem(new).removeprefix(f"{self._home.source}/").replace("/", ".")

    def _module(self, path: str) -> str:
        dotted = self._dotted(path)
        last = dotted.rpartition(".")[2]
        return self._names.module(dotted, last, "_".join(dotted.split(".")[-2:]))

    def _item(self, item: Item) -> str:
        name = self._names.item(self._dotted(item.module), item.name)
        return f"{name}()" if item.called else name

    def _resource_lines(self, depth: int) -> list[str]:
        pairs = [f'"{key}": {self._item(item)}' for key, item in self._resources.items()]
        if not pairs:
            return []
        line = f"{_STEP}resources={{{', '.join(pairs)}}},"
        if len(line) + depth <= WIDTH:
            return [line]
        return [f"{_STEP}resources={{", *(f"{_STEP * 2}{pair}," for pair in pairs), f"{_STEP}}},"]
