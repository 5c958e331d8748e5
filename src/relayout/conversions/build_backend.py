"""Where the package is, in the words of the build backend that a project uses.

Hatchling: https://hatch.pypa.io/latest/config/build/#packages; setuptools:
https://setuptools.pypa.io/en/latest/userguide/package_discovery.html; Poetry:
https://python-poetry.org/docs/pyproject/#packages.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fnmatch import fnmatch
from posixpath import join, normpath
from typing import Any

Paths = Collection[str]


def wire_build(
    document: dict[str, Any], package: str, paths: Paths, has_data: bool, uses_poetry: bool
) -> None:
    """Tell the build backend of a ``pyproject.toml`` that the package is in ``src/``.

    ``paths`` are the files and folders of the tree that is to be built: packages that are listed
    and still there stay listed. ``uses_poetry`` says that Poetry's tables describe the project.
    """
    backend = str(document.get("build-system", {}).get("build-backend", ""))
    if "hatchling" in backend:
        _wire_hatchling(document, package, paths)
    elif "poetry" in backend or (not backend and uses_poetry):
        _wire_poetry(document, package, paths)
    elif "setuptools" in backend or not backend:
        _wire_setuptools(document, package, paths, has_data)


def _table(parent: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        parent = parent.setdefault(name, {})
    return parent


def _is_there(pattern: str, paths: Paths) -> bool:
    path = normpath(pattern)
    return path in paths or any(fnmatch(other, path) for other in paths)


def _wire_hatchling(document: dict[str, Any], package: str, paths: Paths) -> None:
    wheel = _table(document, "tool", "hatch", "build", "targets", "wheel")
    source = f"src/{package}"
    listed = [str(item) for item in wheel.get("packages", [])]
    others = [i for i in listed if normpath(i) not in (package, source) and _is_there(i, paths)]
    ours = [i for i in listed if normpath(i) == source] or [source]
    if sorted([*others, *ours]) != sorted(listed):
        wheel["packages"] = [*others, *ours]


def _wire_poetry(document: dict[str, Any], package: str, paths: Paths) -> None:
    poetry = _table(document, "tool", "poetry")
    source = f"src/{package}"
    listed = poetry.get("packages", [])
    ours = [entry for entry in listed if normpath(_poetry_path(entry)) == source]
    stay = [e for e in listed if e in ours or _has_modules(_poetry_path(e), paths)]
    if stay != listed or not ours:
        poetry["packages"] = stay if ours else [*stay, {"include": package, "from": "src"}]


def _has_modules(pattern: str, paths: Paths) -> bool:
    """Tell whether Poetry finds something to include: of a folder it asks for modules."""
    path = normpath(pattern)
    if path not in paths:
        return _is_there(path, paths)
    return path.endswith(".py") or any(fnmatch(other, f"{path}/*.py") for other in paths)


def _poetry_path(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return join(str(entry.get("from", "")), str(entry.get("include", "")))


def _wire_setuptools(document: dict[str, Any], package: str, paths: Paths, has_data: bool) -> None:
    table = _table(document, "tool", "setuptools")
    packages = table.get("packages")
    if not isinstance(packages, list) or _has_gone(packages, table, paths):
        if isinstance(packages, list):
            del table["packages"]
        find = _table(table, "packages", "find")
        find["where"] = ["src"]
        find.pop("include", None)
    if table.get("package-dir"):
        table["package-dir"] = {"": "src"}
    if has_data:
        _table(table, "package-data").setdefault(package, ["**/*"])


def _has_gone(packages: list[Any], table: Mapping[str, Any], paths: Paths) -> bool:
    """Tell whether a package that is listed by name is in no folder any more."""
    roots = ["", *map(str, dict(table.get("package-dir") or {}).values())]
    names = [str(name).replace(".", "/") for name in packages]
    return any(all(normpath(join(r, n)) not in paths for r in roots) for n in names)
