"""Where the package is, in the words of the build backend that a project uses.

Hatchling: https://hatch.pypa.io/latest/config/build/#packages; setuptools:
https://setuptools.pypa.io/en/latest/userguide/package_discovery.html; Poetry:
https://python-poetry.org/docs/pyproject/#packages; uv:
https://docs.astral.sh/uv/concepts/build-backend/#modules.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from posixpath import join, normpath
from typing import Any

from packaging.utils import canonicalize_name

from relayout.conversions.dependencies import backend_of, uses_poetry

Paths = Collection[str]


@dataclass(frozen=True, slots=True)
class Built:
    """What is to be built: ``paths`` are the files and folders of the tree with the package.

    ``source`` is the folder that the package is found in, empty for the project's own;
    ``manager`` installs it; ``has_data`` says whether the package holds files that are not Python,
    and ``ignored`` which of its files ``.gitignore`` names although git has them.
    """

    package: str
    paths: Paths
    source: str = "src"
    has_data: bool = False
    manager: str = ""
    ignored: Sequence[str] = ()


def wire_build(document: dict[str, Any], built: Built) -> None:
    """Tell the build backend of a ``pyproject.toml`` where the package is.

    Packages that are listed and still there stay listed.
    """
    backend = backend_of(document)
    is_poetrys = "poetry" in backend or (not backend and uses_poetry(document))
    if is_poetrys or built.manager == "poetry":  # it installs the project by its own table
        _wire_poetry(document, built)
    if "hatchling" in backend:
        _wire_hatchling(document, built)
    elif "uv_build" in backend:
        _wire_uv(document, built)
    elif not is_poetrys and ("setuptools" in backend or not backend):
        _wire_setuptools(document, built)


def _table(parent: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        parent = parent.setdefault(name, {})
    return parent


def _is_there(pattern: str, paths: Paths) -> bool:
    path = normpath(pattern)
    return path in paths or any(fnmatch(other, path) for other in paths)


def _wire_hatchling(document: dict[str, Any], built: Built) -> None:
    wheel = _table(document, "tool", "hatch", "build", "targets", "wheel")
    source = join(built.source, built.package)
    listed = [str(item) for item in wheel.get("packages", [])]
    gone = (built.package, f"src/{built.package}")
    others = [i for i in listed if normpath(i) not in gone and _is_there(i, built.paths)]
    ours = [i for i in listed if normpath(i) == source] or [source]
    if sorted([*others, *ours]) != sorted(listed):
        wheel["packages"] = [*others, *ours]
    build = _table(document, "tool", "hatch", "build")
    have = [*build.get("artifacts", []), *wheel.get("artifacts", [])]
    missing = [f"/{path}" for path in built.ignored if f"/{path}" not in have]
    if missing:
        build["artifacts"] = [*build.get("artifacts", []), *missing]


def _wire_poetry(document: dict[str, Any], built: Built) -> None:
    poetry = _table(document, "tool", "poetry")
    source = join(built.source, built.package)
    listed = poetry.get("packages", [])
    ours = [entry for entry in listed if normpath(_poetry_path(entry)) == source]
    stay = [e for e in listed if e in ours or _has_modules(_poetry_path(e), built.paths)]
    if stay != listed or not ours:
        where = {"from": built.source} if built.source else {}
        poetry["packages"] = stay if ours else [*stay, {"include": built.package, **where}]


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


def _wire_uv(document: dict[str, Any], built: Built) -> None:
    """Name the package, where uv's own backend would look for one called as the project."""
    table = _table(document, "tool", "uv", "build-backend")
    name = str(document.get("project", {}).get("name", ""))
    if "module-name" in table or canonicalize_name(name).replace("-", "_") != built.package:
        table["module-name"] = built.package
    if table.get("module-root", "src") != built.source:
        table["module-root"] = built.source
    if not table:
        del document["tool"]["uv"]["build-backend"]


def _wire_setuptools(document: dict[str, Any], built: Built) -> None:
    table = _table(document, "tool", "setuptools")
    packages = table.get("packages")
    if not isinstance(packages, list) or _has_gone(packages, table, built.paths):
        if isinstance(packages, list):
            del table["packages"]
        find = _table(table, "packages", "find")
        find["where"] = _places(find.get("where"), built)
        find.pop("include", None)
        if not built.source:  # the root has other folders than the package's
            find["include"] = [built.package, f"{built.package}.*"]
    modules = table.get("py-modules")
    if isinstance(modules, list):
        there = [name for name in modules if f"{name}.py" in built.paths]
        if there != modules:
            table["py-modules"] = there
    if table.get("package-dir"):
        table["package-dir"] = {"": built.source}
    if built.has_data:
        data = _table(table, "package-data")
        if "*" not in data:
            data.setdefault(built.package, ["**/*"])


def _places(where: Any, built: Built) -> list[str]:
    """Return the folders to find packages in: its own, and named ones that still hold some."""
    named = [where] if isinstance(where, str) else where if isinstance(where, list) else []
    others = [
        str(folder)
        for folder in named
        if normpath(str(folder)) not in (".", "src")
        and any(fnmatch(path, f"{normpath(str(folder))}/*/__init__.py") for path in built.paths)
    ]
    return [*others, built.source or "."]


def _has_gone(packages: list[Any], table: Mapping[str, Any], paths: Paths) -> bool:
    """Tell whether a package that is listed by name is in no folder any more."""
    roots = ["", *map(str, dict(table.get("package-dir") or {}).values())]
    names = [str(name).replace(".", "/") for name in packages]
    return any(all(normpath(join(r, n)) not in paths for r in roots) for n in names)
