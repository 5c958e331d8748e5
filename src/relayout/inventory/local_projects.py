"""Requirements that are folders and files of the repository itself: what they are called.

The name stands in the ``pyproject.toml``, ``setup.py`` or ``setup.cfg`` of the folder, or in the
name of a wheel (https://packaging.python.org/en/latest/specifications/binary-distribution-format/).
"""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath
from typing import Any

import tomlkit
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import table_at
from relayout.inventory.setup_script import read_setups
from relayout.tree import Tree


def local_path(tree: Tree, written: str, file: str) -> str:
    """Return the folder or file of the tree that a path in ``file`` names; empty if none.

    pip starts from the current folder, which is the repository's in all but few cases, other
    tools from the file's own.
    """
    for base in ("", dirname(file)):
        path = normpath(join(base, written))
        if path in tree or path in tree.folders:
            return path
    return ""


def project_name(tree: Tree, path: str) -> str:
    """Return the name of the project in a folder, or of a wheel; empty if it cannot be told."""
    if path.endswith(".whl"):
        try:
            return str(parse_wheel_filename(basename(path))[0])
        except InvalidWheelFilename:
            return ""
    document = _pyproject(tree, path)
    if document is None:
        return ""
    name = table_at(document, "project").get("name")
    name = name or table_at(document, "tool", "poetry").get("name")
    if isinstance(name, str) and name:
        return name
    for setup in read_setups(tree, path):
        value = setup.values.get("name")
        if value is not None and isinstance(value.value, str):
            return value.value.strip()
    return ""


def is_workspace(tree: Tree) -> bool:
    """Tell whether the ``pyproject.toml`` in the root holds several projects and is none itself.

    See https://docs.astral.sh/uv/concepts/projects/workspaces/ and
    https://python-poetry.org/docs/basic-usage/#operating-modes.
    """
    document = _pyproject(tree, "") or {}
    is_no_package = table_at(document, "tool", "poetry").get("package-mode") is False
    return is_no_package or "workspace" in table_at(document, "tool", "uv")


def _pyproject(tree: Tree, folder: str) -> dict[str, Any] | None:
    """Return what the ``pyproject.toml`` of a folder says, which may be nothing; None if broken."""
    path = join(folder, "pyproject.toml")
    if not tree.is_regular(path):
        return {}
    try:
        return tomlkit.parse(tree.read(path).decode("utf-8", errors="replace")).unwrap()
    except TOMLKitError:
        return None
