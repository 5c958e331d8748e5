"""Folders that an image copies to a place of its own, and whose files came apart.

Each part is copied to the path that it had in the image, as mounts of such a folder become several
(https://docs.docker.com/reference/dockerfile/#copy).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from relayout.inventory.bind_mounts import BindMount
from relayout.inventory.configured_paths.dockerfile_text import (
    DockerfileText,
    Instruction,
    parse_dockerfile,
)
from relayout.inventory.configured_paths.images import Copied, read_image
from relayout.rewriting.destination import Destination
from relayout.rewriting.mount_places import Mounted, parts_of
from relayout.source import Edit, newline_of
from relayout.tree import Tree

KIND = "dockerfile"


@dataclass(frozen=True, slots=True)
class _Copy:
    instruction: Instruction
    copied: Copied


def copied_parts(text: str, context: str, tree: Tree, destination: Destination) -> list[Edit]:
    """Return the edits of the instructions that copy folders which came apart, built from the root.

    An instruction that goes over several lines, or copies more than one thing, stays.
    """
    if context:
        return []
    parsed = parse_dockerfile(text)
    copies = dict.fromkeys(_copies(text, context, tree, parsed))
    edits = (_edit(one, text, parsed, destination) for one in copies)
    return [edit for edit in edits if edit is not None]


def _copies(text: str, context: str, tree: Tree, parsed: DockerfileText) -> Iterator[_Copy]:
    for image in read_image(text, context, tree):
        for step in image.steps:
            one, flags = step.instruction, [name for name, _ in parsed.flags(step.instruction)]
            is_plain = one.name == "COPY" and not {"from", "parents", "exclude"} & {*flags}
            words = parsed.words(one) if is_plain else []
            if len(words) != 2 or words[0].quote or "\n" in text[one.start : one.end]:
                continue
            if len(step.copied) == 1 and step.copied[0].root is None and not one.bodies:
                if step.copied[0].path in tree.folders and step.copied[0].path:
                    yield _Copy(one, step.copied[0])


def _edit(copy: _Copy, text: str, parsed: DockerfileText, destination: Destination) -> Edit | None:
    folder, place = copy.copied.path, copy.copied.place
    if destination.of_folder(folder) is not None:
        return None
    mount = BindMount("", 0, "", folder, folder, place)
    parts = parts_of(mount, destination)
    if not parts.is_all:
        return None
    found = [*([Mounted(parts.main, place)] if parts.main else []), *parts.others]
    if not found:
        return None
    source, target = parsed.words(copy.instruction)
    begins = text.rfind("\n", 0, source.start) + 1
    newline = newline_of(text)
    prefix = target.text[: len(target.text.rstrip("/"))] or "/"
    written = [_pair(one, place, prefix, destination) for one in found]
    return Edit(
        source.start, target.end, f"{newline}{text[begins : source.start]}".join(written), KIND
    )


def _pair(part: Mounted, place: str, prefix: str, destination: Destination) -> str:
    """Return what is copied and where to; a folder's own target is written as it was."""
    rest = part.target[len(place) :].lstrip("/")
    target = normpath(join(prefix, rest)) if rest else prefix
    slash = "" if part.path in destination.tree else "/"
    return f"{part.path}{slash} {target}{slash}"
