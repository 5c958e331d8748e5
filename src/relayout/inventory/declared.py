"""One requirement that a repository declares, whatever the file that it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

_IMPORT_NAMES = {
    "beautifulsoup4": "bs4",
    "google-cloud-storage": "google",
    "google-cloud-bigquery": "google",
    "kafka-python": "kafka",
    "opencv-python": "cv2",
    "pillow": "PIL",
    "psycopg2-binary": "psycopg2",
    "pyjwt": "jwt",
    "python-dateutil": "dateutil",
    "python-dotenv": "dotenv",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
    "confluent-kafka": "confluent_kafka",
}
"""Distributions of the field whose import name is not their own name."""

TOO_OLD = "is older than every Python that a layout is made for (3.10)"

_LONGEST = 2000
"""Characters of a requirement; what is longer is none, and would take long to parse."""
_SHOWN = 80

_CREDENTIALS = re.compile(r"//[^/\s]*@")


@dataclass(frozen=True, slots=True)
class Declared:
    """One requirement: its text, the file and line it stands in, and the group the file names.

    The group is empty for what the code needs to run; ``problem`` says why a line is not a
    requirement that a ``pyproject.toml`` can hold. ``path`` is the folder or file of the
    repository that it is installed from; the text is its name then. ``is_member`` tells of a
    project of the same workspace.
    """

    text: str
    file: str
    line: int
    group: str = ""
    problem: str = ""
    path: str = ""
    is_editable: bool = False
    is_member: bool = False
    is_apart: bool = False
    """Whether its group is an environment of its own, which has nothing else of the project."""

    @property
    def shown(self) -> str:
        """The text as a report may show it: without the name and password of a URL."""
        shown = _CREDENTIALS.sub("//***@", self.text[:_LONGEST])
        return shown if len(self.text) <= _LONGEST else f"{shown[:_SHOWN]}..."


def import_name(distribution: str) -> str:
    """Return the import name that a distribution most likely has."""
    normal = re.sub(r"[-_.]+", "-", distribution).lower()
    return _IMPORT_NAMES.get(normal, normal.replace("-", "_"))


def distribution_name(text: str) -> str:
    """Return the normalized name of a requirement; a text that is none stands for itself."""
    try:
        return canonicalize_name(parse_requirement(text).name)
    except InvalidRequirement:
        return text


def parse_requirement(text: str) -> Requirement:
    """Return a requirement (PEP 508). Raises InvalidRequirement, for hostile texts as well."""
    if len(text) > _LONGEST:
        raise InvalidRequirement("it is too long")
    try:
        return Requirement(text)
    except RecursionError:
        raise InvalidRequirement("it is nested too deeply") from None


def is_requirement(text: object) -> bool:
    """Tell whether something is the text of a requirement (PEP 508)."""
    try:
        return isinstance(text, str) and bool(parse_requirement(text))
    except InvalidRequirement:
        return False


def is_too_old(version: str) -> bool:
    """Tell whether a version of Python, as a file asks for it, is before 3.10."""
    return re.match(r"(2|3\.\d)(\.|$)", version) is not None


def requirement_text(
    name: str,
    extras: object = (),
    specifier: str = "",
    url: str = "",
    marker: str = "",
) -> str:
    """Return a requirement as PEP 508 writes it. Raises InvalidRequirement if it cannot be one."""
    listed = [str(extra) for extra in extras] if isinstance(extras, list | tuple | set) else []
    extra = f"[{','.join(listed)}]" if listed else ""
    source = f" @ {url}" if url else specifier
    text = f"{name}{extra}{source}"
    if marker:
        text += f" ; {marker}" if url else f"; {marker}"
    parse_requirement(text)
    return text


def table_at(document: Any, *names: str) -> dict[str, Any]:
    """Return the table that the names lead to; an empty one if there is none."""
    for name in names:
        document = document.get(name) if isinstance(document, Mapping) else None
    return document if isinstance(document, dict) else {}
