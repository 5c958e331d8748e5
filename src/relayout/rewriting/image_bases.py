"""Images that others are made from: their Python, their first user, whether they have pip.

https://airflow.apache.org/docs/docker-stack/ and https://hub.docker.com/_/python say what these
two are; of others, only the name is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FROM = re.compile(
    r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?P<image>\S+)(?:[ \t]+AS[ \t]+(?P<name>\S+))?",
    re.IGNORECASE | re.MULTILINE,
)
_ARG = re.compile(r"^[ \t]*ARG[ \t]+(?P<name>\w+)=(?P<value>\S+)", re.IGNORECASE | re.MULTILINE)
_VARIABLE = re.compile(r"\$(?:\{(?P<long>\w+)(?::?-(?P<default>[^${}]*))?\}|(?P<short>\w+))")
_AIRFLOW = re.compile(r"(?:.*/)?apache/airflow$")
_SAYS_PYTHON = re.compile(r"python-?(?P<major>3)\.(?P<minor>\d+)")
_VERSION = re.compile(r"(?P<major>\d+)\.(?P<minor>\d+)")
_AIRFLOWS_PYTHON = (((2, 3), (3, 7)), ((2, 7), (3, 8)), ((2, 9), (3, 12)))
"""From which version on Airflow's image has which Python, where its tag does not say it."""
_LATEST = (3, 99)
"""What a tag without a version has."""


@dataclass(frozen=True, slots=True)
class Base:
    """An image by its name and tag; ``user`` is who runs in it, None if that is not known."""

    name: str
    tag: str
    user: str | None
    has_pip: bool

    @property
    def is_airflow(self) -> bool:
        """Whether it is the image of Airflow."""
        return bool(_AIRFLOW.match(self.name))


def named_base(image: str) -> Base | None:
    """Return an image by what is written for it; None if a variable in it cannot be told."""
    image = _VARIABLE.sub(lambda m: m["default"] or m[0], image)
    if "$" in image or not image:
        return None
    name, _, tag = image.partition("@")[0].rpartition(":")
    if not name or "/" in tag:
        name, tag = image, ""
    if _AIRFLOW.match(name):
        return Base(name, tag, "airflow", has_pip=True)
    if name.rpartition("/")[2] == "python":
        return Base(name, tag, "root", has_pip=True)
    return Base(name, tag, None, has_pip=False)


def base_of(text: str) -> Base | None:
    """Return the image that the last stage of a Dockerfile is made from, through other stages."""
    arguments = {match["name"]: match["value"].strip("\"'") for match in _ARG.finditer(text)}
    stages: dict[str, str] = {}
    image = ""
    for match in _FROM.finditer(text):
        image = stages.get(match["image"].lower(), match["image"])
        if match["name"]:
            stages[match["name"].lower()] = image
    image = _VARIABLE.sub(lambda m: arguments.get(m["long"] or m["short"], m[0]), image)
    return named_base(image)


def python_of(base: Base | None) -> tuple[int, int] | None:
    """Return the Python of an image, None if it is not known."""
    if base is None:
        return None
    said = _SAYS_PYTHON.search(base.tag)
    if said:
        return int(said["major"]), int(said["minor"])
    if not base.has_pip:
        return None
    version = _VERSION.match(base.tag)
    if version is None:
        return _LATEST
    found = (int(version["major"]), int(version["minor"]))
    if not base.is_airflow:
        return found
    return next((python for first, python in reversed(_AIRFLOWS_PYTHON) if found >= first), (3, 6))
