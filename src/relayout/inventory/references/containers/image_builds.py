"""Builds of images that find their Dockerfile by its name, since they name none.

``docker build``, and what builds in the same way, takes the file ``Dockerfile`` of the context if
``--file`` does not name another one; that path counts from the current folder
(https://docs.docker.com/reference/cli/docker/buildx/build/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import join

from relayout.inventory.references.commandline.surroundings import Surroundings, absolute
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import (
    CONTEXT,
    DOCKERFILE,
    Base,
    Form,
    ImageBuild,
    Reference,
)
from relayout.tree import Tree

NAME = "Dockerfile"
ENGINES = frozenset({"docker", "podman", "nerdctl"})
UNTOLD = "if it is built from the root"
_GROUPS = frozenset({"buildx", "image", "builder"})
_FILE = ("-f", "--file")
_FLAGS = frozenset(
    {"--no-cache", "--pull", "--push", "--load", "-q", "--quiet", "--rm", "--force-rm", "--squash"}
    | {"--compress", "--check", "--debug", "-D", "--disable-content-trust"}
)
"""Options without a value; every other one is followed by its value, or has it behind ``=``."""
_VARIABLE = re.compile(r"\$[\w{(]")


def of_build(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the Dockerfile that a command of a container engine finds by its name.

    ``words`` follow the engine's name.
    """
    context = context_word(words)
    if context is None or around.inside is not None:
        return
    folder = _folder(context, around)
    tree = around.scene.tree
    if folder is None or around.base is None:
        if _VARIABLE.search(context.text) or around.base is None:
            yield from in_doubt(context, around.kind, tree)
        return
    path = join(folder, NAME)
    if path not in tree:
        return
    is_variable = "$" in context.text or context.text.startswith("/")
    is_sure = not is_variable or folder == around.base.folder
    between, quote, width = around.between, "", 0
    if between == " " and context.quote:
        quote, width = context.quote, 1
    written = f"-f{between}{DOCKERFILE}{between}{quote}{CONTEXT}{quote}"
    yield Reference(
        context.start - width,
        context.end + width,
        f"{quote}{context.text}{quote}",
        path,
        around.kind,
        Base(folder) if is_variable else around.base,
        prefix=context.text if is_variable else "",
        form=Form.IMAGE,
        image=ImageBuild(folder, context.text, written if is_sure else ""),
    )


def context_word(words: list[Word]) -> Word | None:
    """Return the word for the context of a build that names no Dockerfile."""
    rest = list(words)
    while rest and rest[0].text in _GROUPS:
        rest = rest[1:]
    if not rest or rest[0].text != "build":
        return None
    found: Word | None = None
    before = ""
    for word in rest[1:]:
        text = word.text
        if text.startswith(_FILE) and not text.startswith("--file-"):
            return None
        takes = before.startswith("-") and "=" not in before and before not in _FLAGS
        if not text.startswith("-") and not takes and found is None:
            found = word
        before = text
    return found if found is not None and "://" not in found.text else None


def in_doubt(word: Word, kind: str, tree: Tree) -> Iterator[Reference]:
    """Yield the Dockerfile of the root, from which a word may say that an image is built."""
    if NAME in tree:
        image = ImageBuild("", said=word.text, written="")
        yield Reference(
            word.start,
            word.end,
            word.text,
            NAME,
            kind,
            prefix=word.text,
            form=Form.IMAGE,
            doubt=UNTOLD,
            image=image,
        )


def _folder(word: Word, around: Surroundings) -> str | None:
    """Return the repository's folder that a word names, None if it cannot be told."""
    base = around.entered(absolute(word.text, around)).base
    return base.folder if base is not None else None
