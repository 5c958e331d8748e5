"""Which module a string means: found like an absolute import in the file that has the string."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.meaning import Resolution, Status
from relayout.inventory.module_strings import ModuleString
from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located
from relayout.inventory.string_places import Place
from relayout.inventory.string_readings import is_dotted_name

_FILE_STEM = re.compile(r"[\w-]+")
_FILE_ENDING = re.compile(
    r"(?:^|\.)(?:pyc|ipynb|jsonl?|csv|tsv|ya?ml|toml|ini|cfg|conf|env|txt|md|rst|sql|html?|xml|xlsx?|db"
    r"|parquet|avro|orc|feather|pickle|pkl|joblib|log|sqlite3?|zip|gz|bz2|tar|sh|bat|exe|pdf|png|com"
    r"|jpe?g|svg|gif|lock|tmp|bak|org|net|io)$"
)
"""Endings of file names and domains. A module may have imported something of such a name."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A module that a string names: the part of the text that names it, and what follows.

    ``rest`` is what is looked up in the module. A string that goes on when the program runs means
    ``all_below`` if that may be any module of the package.
    """

    module: Located
    start: int
    end: int
    rest: str = ""
    repaired: bool = False
    all_below: bool = False


def meaning_of(inventory: Inventory, path: str, string: ModuleString) -> Meaning | None:
    """Return what a string in the file at ``path`` means, or None if it names no module there."""
    if string.text.startswith("."):
        return _relative(inventory, path, string) if string.place is Place.MODULE else None
    start = len("ext://") if string.text.startswith("ext://") else 0
    text = string.text[start:]
    if string.is_open:
        return _open(inventory, path, string, start, text)
    if ":" in text:
        name, _, rest = text.partition(":")
        located, repaired = _find(inventory, path, name, string)
        if located is None or not _may_hold(inventory, path, located, rest, string.place):
            return None
        return Meaning(located, start, start + len(name), rest, repaired)
    if string.place is Place.MODULE:
        located, repaired = _find(inventory, path, text, string)
        if located is None:
            located = _data_folder(inventory, path, text, string)
        return None if located is None else Meaning(located, start, len(string.text), "", repaired)
    return _longest(inventory, path, string, start)


def modules_below(inventory: Inventory, located: Located) -> list[str]:
    """Return every module file of a package, its own and those of its subpackages."""
    prefixes = tuple(f"{folder}/" for folder in located.package_folders)
    return [path for path in inventory.python if path.startswith(prefixes)] if prefixes else []


def modules_in_strings(inventory: Inventory, path: str) -> Iterator[str]:
    """Yield the module files that code may load by strings of a file.

    Those are what it hands over to callables, and what strings elsewhere begin with. Strings that
    are dotted names in full are not among them.
    """
    file = inventory.python[path]
    for string in file.module_strings:
        if string.place is not Place.LOGGER:
            yield from _files(inventory, path, string)
    for line, text in file.named_files:
        if text.endswith("."):
            string = ModuleString(line, text, Place.ELSEWHERE, is_open=True)
            yield from _files(inventory, path, string)


def names_one_of(inventory: Inventory, path: str, moved: Collection[str]) -> bool:
    """Tell whether a string of the file, or its own name, names a module that is in ``moved``."""
    file = inventory.python[path]
    if any(named in moved for s in file.module_strings for named in _files(inventory, path, s)):
        return True
    return any(
        named in moved
        for line, text in file.named_files
        if text.endswith(".") or is_dotted_name(text)
        for named in _files(
            inventory,
            path,
            ModuleString(line, text, Place.ELSEWHERE, is_open=text.endswith(".")),
        )
    )


def _files(inventory: Inventory, path: str, string: ModuleString) -> Iterator[str]:
    meaning = meaning_of(inventory, path, string)
    if meaning is None:
        return
    if meaning.module.file is not None:
        yield meaning.module.file
    if meaning.all_below or meaning.module.file is None:
        yield from modules_below(inventory, meaning.module)


# -- absolute names


def _resolve(inventory: Inventory, path: str, asked: ImportedName) -> Resolution:
    return inventory.resolver.resolve(path, asked)


def _find(
    inventory: Inventory, path: str, name: str, string: ModuleString
) -> tuple[Located | None, bool]:
    """Return (the module of a name, whether that is a repair)."""
    if not all(_may_be_part(part, string.place) for part in name.split(".")):
        return None, False
    resolution = _resolve(inventory, path, ImportedName(name, 0, None, string.line))
    if resolution.status is Status.REPAIRED and string.place in (Place.LOGGER, Place.ELSEWHERE):
        return None, False
    if not resolution.works:
        return _own(inventory, path, name), False
    return resolution.module, resolution.status is Status.REPAIRED


def _may_be_part(part: str, place: Place) -> bool:
    """Tell whether a part of a name may be a module's.

    What imports by name takes files too that no statement can name: ``till-receipts``, ``01_load``.
    """
    return part.isidentifier() or (place is Place.MODULE and bool(_FILE_STEM.fullmatch(part)))


def _own(inventory: Inventory, path: str, name: str) -> Located | None:
    """Return the file itself if the name is its own: no import of it would be looked for there."""
    located = inventory.resolver.finder.find(inventory.resolver.roots, name)
    return located if located is not None and located.file == path else None


def _longest(inventory: Inventory, path: str, string: ModuleString, start: int) -> Meaning | None:
    """Return the longest module name that a text begins with, if the rest may be in that module.

    A module that is known to define what follows goes before a longer name; else names are read
    as ``pkgutil.resolve_name`` and ``unittest.mock`` read them
    (https://docs.python.org/3/library/pkgutil.html#pkgutil.resolve_name).
    """
    parts = string.text[start:].split(".")
    found: list[tuple[bool, bool, Meaning]] = []
    for count in range(len(parts), 0, -1):
        name, rest = ".".join(parts[:count]), ".".join(parts[count:])
        located, repaired = _find(inventory, path, name, string)
        if located is None or not _may_hold(inventory, path, located, rest, string.place):
            continue
        unknown = bool(rest) and not _defines(inventory, located, rest)
        if not (repaired and unknown):
            meaning = Meaning(located, start, start + len(name), rest, repaired)
            found.append((repaired, unknown, meaning))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _may_hold(inventory: Inventory, path: str, located: Located, rest: str, place: Place) -> bool:
    """Tell whether a module may have the names behind its own.

    A module that says its own name, and nothing else, in a string has it as a label.
    """
    if place is Place.ELSEWHERE:
        return located.file is not None and (
            _defines(inventory, located, rest) and not _FILE_ENDING.search(rest)
            if rest
            else located.file != path
        )
    if place is Place.LOGGER and rest:
        return located.file is not None and not located.package_folders
    return located.file is not None or not rest


def _defines(inventory: Inventory, located: Located, rest: str) -> bool:
    file = inventory.python.get(located.file or "")
    return file is not None and rest.partition(".")[0] in file.defines


def _open(
    inventory: Inventory, path: str, string: ModuleString, start: int, text: str
) -> Meaning | None:
    """Return the package that a text begins with, whatever follows it at run time."""
    if ":" in text:
        text = f"{text.partition(':')[0]}."
    parts = text.split(".")[:-1]
    whole = string.place in (Place.MODULE, Place.ELSEWHERE)
    lengths = (len(parts),) if whole else range(len(parts), 0, -1)
    for count in lengths:
        name = ".".join(parts[:count])
        located, repaired = _find(inventory, path, name, string)
        if located is not None:
            is_last = count == len(parts)
            if not is_last and located.file is None:
                return None
            return Meaning(
                located,
                start,
                start + len(name),
                ".".join(parts[count:]),
                repaired,
                all_below=is_last and bool(located.package_folders),
            )
    return None


def _data_folder(
    inventory: Inventory, path: str, name: str, string: ModuleString
) -> Located | None:
    """Return a folder without modules inside a package: Python takes it for a package all the same.

    https://docs.python.org/3/library/importlib.resources.html
    """
    parent, _, last = name.rpartition(".")
    located, _ = _find(inventory, path, parent, string) if parent else (None, False)
    for folder in located.package_folders if located is not None else ():
        if f"{folder}/{last}" in inventory.tree.folders:
            return Located(None, (f"{folder}/{last}",))
    return None


# -- relative names


def package_of(path: str, string: ModuleString) -> str | None:
    """Return the package that a relative name counts from: empty for that of the file at ``path``.

    None stands for one that cannot be told, or that is a module and no package.
    """
    if string.package == "__name__":
        return "" if path.endswith("/__init__.py") else None
    return string.package


def _relative(inventory: Inventory, path: str, string: ModuleString) -> Meaning | None:
    package = package_of(path, string)
    if package is None:
        return None
    name = string.text.lstrip(".")
    level = len(string.text) - len(name)
    if string.is_open:
        name = name.rpartition(".")[0]
    located = relative_to(inventory, path, package, level, name)
    if located is None:
        return None
    return Meaning(located, 0, level + len(name), all_below=string.is_open)


def relative_to(
    inventory: Inventory, path: str, package: str, level: int, name: str
) -> Located | None:
    """Return where a relative name leads from a package, or from that of the file at ``path``."""
    finder = inventory.resolver.finder
    folder = dirname(path)
    if package:
        string = ModuleString(0, package, Place.MODULE)
        base, _ = _find(inventory, path, package, string)
        if base is None or len(base.package_folders) != 1:
            return None
        folder = base.package_folders[0]
    for _ in range(level - 1):
        if not folder:
            return None
        folder = dirname(folder)
    located: Located | None = finder.package(folder)
    for part in name.split(".") if name else ():
        located = finder.submodule(located, part) if located else None
    return located


# -- loggers


def is_made_from_name(inventory: Inventory, path: str, string: ModuleString) -> bool:
    """Tell whether a logger's name is one that modules make from their ``__name__``.

    Any other name is free, and stays. Loggers inherit along the dots, so that one module of the
    first package in the name decides for all of it
    (https://docs.python.org/3/library/logging.html#logger-objects).
    """
    top, _ = _find(inventory, path, string.text.partition(".")[0], string)
    if top is None:
        return False
    files = [top.file, *modules_below(inventory, top)]
    return any(makes_logger_from_name(inventory, file) for file in files if file is not None)


def makes_logger_from_name(inventory: Inventory, path: str) -> bool:
    """Tell whether a file calls ``getLogger(__name__)``."""
    file = inventory.python.get(path)
    return file is not None and file.logs_by_name
