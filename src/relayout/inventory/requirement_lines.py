"""One line of a requirements file, as pip reads it.

The format is pip's (https://pip.pypa.io/en/stable/reference/requirements-file-format/), what it
installs from version control https://pip.pypa.io/en/stable/topics/vcs-support/, each requirement
PEP 508's.
"""

from __future__ import annotations

import re
from posixpath import basename
from urllib.parse import unquote

from packaging.requirements import InvalidRequirement
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

from relayout.inventory.declared import Declared, parse_requirement, requirement_text
from relayout.inventory.local_projects import local_path, project_name
from relayout.tree import Tree

_COMMENT = re.compile(r"(^|\s)#.*$")
_OPTION = re.compile(r"\s--?[A-Za-z][\w-]*(?:[=\s].*)?$")
_EDITABLE = re.compile(r"(?:-e|--editable)(?:[=\s]+|(?=\.))")
_URL = re.compile(r"(?:(?P<vcs>git|hg|svn|bzr)\+)?[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_MARKER = re.compile(r"\s;\s*(?P<marker>.+)$")
_EXTRAS = re.compile(r"^(?P<path>.*?)\[(?P<extras>[\w.,\s-]*)\]$")
_NAME = re.compile(r"(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?:\[(?P<extras>[^\]]*)\])?")
_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
_OF_ONE_MACHINE = re.compile(r"@\s*file:", re.IGNORECASE)

NOT_PEP_508 = "is not a PEP 508 requirement"


def without_comment(raw: str) -> str:
    """Return a line of a requirements file without its comment and the blanks around it."""
    return _COMMENT.sub("", raw).strip()


def is_the_project(line: str) -> bool:
    """Tell whether a line asks for the project itself, as ``-e .`` does."""
    return _EDITABLE.sub("", line).strip().rstrip("/") == "."


def read_line(tree: Tree, line: str, file: str, number: int, group: str) -> Declared:
    """Return what a line without a comment declares; it is no ``-r``, ``-c`` or ``-e .``."""

    def problem(said: str) -> Declared:
        return Declared(line, file, number, group, said)

    editable = _EDITABLE.match(line)
    if line.startswith("-") and not editable:
        return problem("is an option of pip's")
    written = line[editable.end() :].strip() if editable else line
    written = _OPTION.sub("", written).strip()
    if _VARIABLE.search(written):
        return problem("has a variable of the environment, which pip replaces in such files only")
    if _URL.match(written):
        text = _from_url(written)
        if text is None:
            return problem("does not say its name (#egg=NAME)")
        return Declared(text, file, number, group)
    if _is_path(written) or editable:
        return _local(tree, written, Declared(line, file, number, group), editable is not None)
    if _OF_ONE_MACHINE.search(written):
        return problem("is a path of the machine that wrote it")
    try:
        parse_requirement(written)
    except InvalidRequirement:
        return problem(NOT_PEP_508)
    return Declared(written, file, number, group)


def _from_url(written: str) -> str | None:
    """Return a URL that pip installs from as PEP 508 names it; None if it does not tell a name.

    ``egg`` may have extras; what else stands in the fragment is kept.
    """
    found = _MARKER.search(written)
    marker = found["marker"] if found else ""
    address = written[: found.start()].rstrip() if found else written
    url, _, fragment = address.partition("#")
    parts = dict(part.partition("=")[::2] for part in fragment.split("&") if part)
    named = _NAME.fullmatch(unquote(parts.pop("egg", "")))
    name = named["name"] if named else _wheel_name(url)
    if not name:
        return None
    extras = [e.strip() for e in (named["extras"] or "").split(",")] if named else []
    rest = "&".join(f"{key}={value}" for key, value in parts.items())
    try:
        return requirement_text(
            name, [e for e in extras if e], url=f"{url}#{rest}" if rest else url, marker=marker
        )
    except InvalidRequirement:
        return None


def _wheel_name(url: str) -> str:
    try:
        return str(parse_wheel_filename(unquote(basename(url)))[0])
    except InvalidWheelFilename:
        return ""


def _is_path(written: str) -> bool:
    """Tell whether pip takes a text for a path: it has a separator before any marker or URL."""
    head = re.split(r"[;@]", written, maxsplit=1)[0].rstrip()
    return head.startswith((".", "/")) or "/" in head or head.lower().endswith(".whl")


def _local(tree: Tree, written: str, line: Declared, is_editable: bool) -> Declared:
    """Return the requirement that a path of the repository is."""

    def problem(said: str) -> Declared:
        return Declared(line.text, line.file, line.line, line.group, said)

    found = _MARKER.search(written)
    marker = found["marker"] if found else ""
    place = written[: found.start()].rstrip() if found else written
    with_extras = _EXTRAS.match(place)
    place = with_extras["path"] if with_extras else place
    extras = [e.strip() for e in with_extras["extras"].split(",")] if with_extras else []
    if place in ("", "."):
        return problem("asks for extras of the project itself")
    path = local_path(tree, place, line.file)
    if not path:
        return problem("is a path of which git has no file")
    name = project_name(tree, path)
    if not name:
        return problem("is a path whose project does not say its name in a way that can be told")
    try:
        text = requirement_text(name, [e for e in extras if e], marker=marker)
    except InvalidRequirement:
        return problem(NOT_PEP_508)
    return Declared(text, line.file, line.line, line.group, "", path, is_editable)
