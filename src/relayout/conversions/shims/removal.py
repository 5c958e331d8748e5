"""The version of a project that removes its shims.

In a version 0.y, the next minor one may break what is public; from 1.0 on, the next major one
(https://semver.org/#spec-item-4, https://semver.org/#spec-item-8). A version that is a date
promises nothing of the kind.
"""

from __future__ import annotations

import tomlkit
from packaging.version import InvalidVersion, Version
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import table_at

_FIRST_YEAR = 1990


def removal_version(pyproject: str) -> str:
    """Return the version in which old import paths go; empty if it cannot be told.

    It cannot where the version is not in ``pyproject.toml``, is no version (PEP 440), or a date.
    """
    try:
        document = tomlkit.parse(pyproject).unwrap()
        tables = (table_at(document, "project"), table_at(document, "tool", "poetry"))
        said = next((t["version"] for t in tables if isinstance(t.get("version"), str)), "")
        version = Version(said)
    except (TOMLKitError, InvalidVersion, AttributeError, TypeError):
        return ""
    if version.major >= _FIRST_YEAR:
        return ""
    return f"{version.major + 1}.0.0" if version.major else f"0.{version.minor + 1}.0"
