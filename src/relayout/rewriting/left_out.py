"""What an image cannot have of its context, because ``.dockerignore`` leaves it out.

Patterns are those of https://docs.docker.com/build/concepts/context/#dockerignore-files: the last
one that matches counts, and ``!`` takes a file in again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from relayout.inventory.references import decoded
from relayout.source import Edit, newline_of
from relayout.tree import Tree

IGNORE = ".dockerignore"
_MOST_LINES = 2_000
_LONGEST = 200
"""Nothing in the root has a longer name."""


def taken_in(tree: Tree, names: Iterable[str]) -> Edit | None:
    """Return the edit of ``.dockerignore`` that takes in those of some files that it leaves out."""
    missing = [name for name in names if left_out(tree, [name])]
    if not missing:
        return None
    text, _ = decoded(tree.read(IGNORE))
    newline = newline_of(text)
    begins = "" if text.endswith("\n") else newline
    lines = ["# the package is made with them", *(f"!{name}" for name in missing)]
    written = begins + "".join(line + newline for line in lines)
    return Edit(len(text), len(text), written, "ignore-file")


def left_out(tree: Tree, names: Iterable[str]) -> str:
    """Return the first of some files and folders of the root that is left out; or empty."""
    if IGNORE not in tree or not tree.is_regular(IGNORE):
        return ""
    lines = decoded(tree.read(IGNORE))[0].splitlines()[:_MOST_LINES]
    for name in names:
        is_out = False
        for line in lines:
            pattern = line.strip()
            if not pattern or pattern.startswith("#") or len(pattern) > _LONGEST:
                continue
            takes_in = pattern.startswith("!")
            if _matches(pattern.lstrip("!").strip("/"), name):
                is_out = not takes_in
        if is_out:
            return name
    return ""


def _matches(pattern: str, name: str) -> bool:
    """Tell whether a pattern matches something that stands in the root."""
    pattern = pattern.removeprefix("./")
    while pattern.startswith("**/"):
        pattern = pattern[3:]
    if pattern.endswith("/**"):
        pattern = pattern[:-3]
    if "/" in pattern:
        return False
    parts = re.split(r"(\*+|\?)", pattern)
    written = "".join(
        "[^/]*" if part.startswith("*") else "." if part == "?" else re.escape(part)
        for part in parts
    )
    return re.fullmatch(written, name) is not None
