"""A requirement in the words of Poetry's tables.

See https://python-poetry.org/docs/dependency-specification/.
"""

from __future__ import annotations

import re
from typing import Any

from relayout.conversions.toml_text import Inline
from relayout.inventory.declared import parse_requirement

_GIT = re.compile(
    r"git\+(?P<url>[^@#]+?://(?:[^@/#]*@)?[^@#]+)(?:@(?P<rev>[^#]+))?(?:#(?P<rest>.*))?"
)
_NAME = re.compile(r"^\s*[\w.-]+\s*(?:\[[^\]]*\])?")
_OTHER_SYSTEM = re.compile(r"(hg|svn|bzr)\+")


class Unfit(Exception):
    """A requirement that Poetry has no words for; the message says why."""


def poetry_entry(text: str, path: str = "", is_editable: bool = False) -> tuple[str, Any]:
    """Return a requirement of PEP 508 as a key and a value of a table of Poetry's.

    ``path`` is where in the repository it is installed from. Raises Unfit.
    """
    requirement = parse_requirement(text)
    entry = Inline()
    if path:
        entry["path"] = path
        if is_editable:
            entry["develop"] = True
    elif requirement.url:
        entry |= _source(requirement.url)
    else:
        entry["version"] = _version(text)
    if requirement.extras:
        entry["extras"] = sorted(requirement.extras)
    if requirement.marker:
        entry["markers"] = str(requirement.marker).replace('"', "'")
    return requirement.name, entry["version"] if list(entry) == ["version"] else entry


def with_entry(table: dict[str, Any], name: str, value: Any) -> None:
    """Add a requirement to a table; a second one of the name stands beside it in a list."""
    if name not in table:
        table[name] = value
        return
    have = table[name] if isinstance(table[name], list) else [table[name]]
    table[name] = [e if isinstance(e, dict) else {"version": e} for e in [*have, value]]


def _version(text: str) -> str:
    """Return the bounds of a requirement without a URL, in the order in which it has them."""
    if "===" in text:
        raise Unfit("asks for a version with ===, which Poetry does not have")
    bounds = _NAME.sub("", text.partition(";")[0])
    return re.sub(r"[\s()]", "", bounds) or "*"


def _source(url: str) -> dict[str, Any]:
    git = _GIT.fullmatch(url)
    if git is None:
        if _OTHER_SYSTEM.match(url):
            raise Unfit("is under a version control that Poetry does not know")
        return {"url": url}
    entry = {"git": git["url"]}
    if git["rev"]:
        entry["rev"] = git["rev"]
    rest = dict(part.partition("=")[::2] for part in (git["rest"] or "").split("&") if part)
    if rest.get("subdirectory"):
        entry["subdirectory"] = rest["subdirectory"]
    return entry
