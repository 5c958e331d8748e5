"""What becomes of a path that git could not merge, or merged by lines into something else."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import basename

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.conversions.merging import LINE_MERGED
from relayout.evolution.line_set_merge import merge_line_sets
from relayout.evolution.ownership import is_own_file
from relayout.evolution.toml_merge import merge_toml
from relayout.planning.plan import Finding

PYPROJECT = "pyproject.toml"
_ADVICE = "Take over what you want of it, or leave the file as it is."


@dataclass(frozen=True)
class Sides:
    """One file three times; None where a side does not have it."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


@dataclass(frozen=True)
class Settled:
    """What a path is after the merge.

    ``content`` is what it holds, None if the path goes. With ``conflict``, the three sides are to
    be merged by lines, with markers: they differ in nothing but what both have changed.
    """

    content: bytes | None = None
    conflict: Sides | None = None
    findings: tuple[Finding, ...] = ()


def settle(path: str, sides: Sides) -> Settled:
    """Return what becomes of a path whose sides do not merge by lines.

    A file that the user deleted stays deleted, and one that he changed is not taken away because
    the layout has it no longer. Projects are merged by key and ignore files by line; a file that
    was never made from the template's is the user's.
    """
    if sides.ours is None:
        return Settled()
    if sides.theirs is None:
        message = "the layout has this file no longer; yours was kept, because you changed it"
        return _kept(path, sides.ours, message)
    if sides.base is not None and is_own_file(sides.base, sides.ours):
        message = "the layout's version of this file changed; yours is another, and was kept"
        return _kept(path, sides.ours, message)
    texts = [_text(side or b"") for side in (sides.base, sides.ours, sides.theirs)]
    if basename(path) in LINE_MERGED and None not in texts:
        base, ours, theirs = (text or "" for text in texts)
        return Settled(merge_line_sets(base, ours, theirs).encode())
    if basename(path) == PYPROJECT and None not in texts:
        settled = _project(*(text or "" for text in texts))
        if settled is not None:
            return settled
    return Settled(sides.ours, _with_our_line_ends(sides))


def _with_our_line_ends(sides: Sides) -> Sides:
    """Return the sides with the line ends of ours: a file that was converted is not all changed."""
    ours = sides.ours or b""
    lines = ours.count(b"\n")
    others = (sides.base or b"") + (sides.theirs or b"")
    if not lines or ours.count(b"\r\n") != lines or b"\r\n" in others:
        return sides
    base = sides.base and sides.base.replace(b"\n", b"\r\n")
    return Sides(base, ours, sides.theirs and sides.theirs.replace(b"\n", b"\r\n"))


def is_sound(path: str, content: bytes) -> bool:
    """Tell whether a file that git merged by lines is still what it is to be.

    Both sides may have added the same table to a project, at different lines.
    """
    if basename(path) != PYPROJECT:
        return True
    try:
        tomlkit.parse(content.decode())
    except (TOMLKitError, UnicodeDecodeError):
        return False
    return True


def _project(base: str, ours: str, theirs: str) -> Settled | None:
    merged = merge_toml(base, ours, theirs)
    if merged is None:
        return None
    if not merged.conflicts:
        return Settled(merged.text.encode())
    left = Sides(merged.base.encode(), merged.ours.encode(), merged.theirs.encode())
    return Settled(merged.text.encode(), left)


def _kept(path: str, content: bytes, message: str) -> Settled:
    return Settled(content, findings=(Finding("kept-yours", path, 0, message, _ADVICE),))


def _text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None
