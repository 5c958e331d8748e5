"""Paths in a container, read by what was copied or mounted there.

A path stands below something of the repository. If that stands in the container as it does in the
repository, it follows it there, and the path is counted from where the container has the
repository; if not, it stays, and the path is counted from that place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from posixpath import basename, join, normpath

from relayout.inventory.configured_paths.images import Copied, below
from relayout.inventory.configured_paths.values import Mounts, Scene
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import (
    Base,
    Form,
    Reference,
    is_there,
    named_from,
    named_module,
)
from relayout.tree import Tree

_MAGIC = re.compile(r"[*?\[]")
_UNTOLD = re.compile(r"[\\/][^\\/]*[$%`]")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a container's path is in the repository, and what it is counted from there.

    ``root`` is a path of the container and ``base`` the folder or file that stands there. A file
    ``has_own_name`` if it would have another one there if it were called otherwise.
    """

    path: str
    root: str
    base: str
    has_own_name: bool = False


@dataclass(frozen=True)
class Container:
    """What a container has of the repository, the surest first."""

    tree: Tree
    copied: tuple[Copied, ...]

    @classmethod
    def of(cls, tree: Tree, copied: Collection[Copied]) -> Container:
        """Return a container in which later copies lie over earlier ones."""
        return cls(tree, tuple(dict.fromkeys(reversed(list(copied)))))

    def standing(self, absolute: str) -> Standing | None:
        """Return what stands at an absolute path of the container, or None."""
        for one in self.copied:
            inside = below(absolute, one.place)
            if inside is not None:
                path = named_from(one.path, inside or ".")
                if path is not None and is_there(path, self.tree):
                    if one.root is None:
                        return Standing(path, one.place, one.path, one.has_own_name)
                    return Standing(path, one.root, one.context)
            elif one.root is not None and below(one.place, absolute) is not None:
                above = below(absolute, one.root)
                if above is not None:
                    return Standing(join(one.context, above).rstrip("/"), one.root, one.context)
        return None

    def scene(self, file: str, here: str, variables: dict[str, str | None]) -> Scene:
        """Return the scene of commands that run in the container."""
        pairs = [
            (c.root, c.context) if c.root is not None else (c.place, c.path) for c in self.copied
        ]
        return Scene(self.tree, f"/{file}", here, variables, Mounts(tuple(dict.fromkeys(pairs))))

    def surroundings(self, file: str, kind: str, scene: Scene) -> Surroundings:
        """Return the surroundings of commands that run in the container."""
        here = self.standing(scene.here) if scene.here is not None else None
        return Surroundings(file, kind, scene, Base(here.path if here else ""), inside=self)

    def paths(self, word: Word, around: Surroundings, plain: bool) -> Iterator[Reference]:
        """Yield the reference that a word is; see :func:`surroundings.path_reference`."""
        text = word.text
        if not plain and "/" not in text and "." not in text.strip("."):
            return
        magic = _MAGIC.search(text)
        head = text[: text.rfind("/", 0, magic.start()) + 1].rstrip("/") if magic else text
        form = Form.PATTERN if magic else Form.PATH
        if around.scene.absolute(head) is None:
            head = _UNTOLD.split(head, maxsplit=1)[0]
            text, form = head, Form.PATH
        absolute = around.scene.absolute(head) if head else None
        found = self.standing(absolute) if absolute is not None else None
        if found is not None and absolute is not None:
            part = Word(word.start, word.start + len(text), text, word.quote)
            yield from self._reference(part, head, absolute, found, around, form)

    def _reference(
        self,
        word: Word,
        head: str,
        absolute: str,
        found: Standing,
        around: Surroundings,
        form: Form,
    ) -> Iterator[Reference]:
        whole = Reference(
            word.start, word.end, word.text, found.path, around.kind, Base(found.base), form=form
        )
        rest = below(absolute, found.root) or ""
        here = below(around.scene.here or "", found.root)
        folder = normpath(join(found.base, here or ".")) if here is not None else ""
        folder = "" if folder == "." else folder
        bare = head.rstrip("/")
        if here is not None and named_from(folder, head) == found.path and head[:1] not in "/$%":
            if found.path != folder:
                yield replace(whole, base=Base(folder), climbs=bool(here))
            else:
                yield replace(whole, form=Form.HELD)
        elif rest and bare.endswith(rest):
            yield replace(whole, prefix=bare[: len(bare) - len(rest)], climbs=False)
        elif not rest and _is_called(found, word.text):
            yield replace(whole, form=Form.NAME)
        elif not rest and found.path in self.tree:
            yield replace(whole, prefix=word.text)
        elif not rest:
            yield replace(whole, form=Form.HELD)  # where it was put, it stays

    def module(self, dotted: str, around: Surroundings) -> str | None:
        """Return the file that Python finds in the current folder, or in the package."""
        stem = join(around.scene.here or "/", dotted.replace(".", "/"))
        for path in (f"{stem}.py", f"{stem}/__main__.py", f"{stem}/__init__.py"):
            found = self.standing(path)
            if found is not None and found.path in self.tree.modules:
                return found.path
        return named_module("", dotted, self.tree)


def _is_called(found: Standing, text: str) -> bool:
    """Tell whether a text calls a file by its own name, and nothing else decides what that is.

    What Python runs is called by the name of its module, wherever it was copied to.
    """
    name = basename(found.path)
    return found.has_own_name and not name.endswith(".py") and basename(text) == name
