"""Environment files (``.env``): of such a file, only lines that set ``PYTHONPATH`` are looked at.

Everything else in it may be a secret. No other line is decoded, kept or shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname

from relayout.inventory.configured_paths.commands import Commands, entry_of
from relayout.inventory.configured_paths.entry import Found, scope_of
from relayout.inventory.configured_paths.values import scene_in
from relayout.tree import Tree

_LINE = re.compile(rb"^[ \t]*(?:export[ \t]+)?PYTHONPATH[ \t]*=[ \t]*([^\r\n]*)", re.MULTILINE)
_COMMENT = re.compile(r"\s+#.*$")


def is_environment_file(path: str) -> bool:
    """Tell whether a file holds environment variables, by its name."""
    name = basename(path)
    return name == ".env" or name.startswith(".env.") or name.endswith(".env")


def python_path_lines(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield line and value of each line that sets ``PYTHONPATH``."""
    for match in _LINE.finditer(content):
        line = content.count(b"\n", 0, match.start(1)) + 1
        yield line, _COMMENT.sub("", match[1].decode("utf-8", errors="replace"))


def read_environment_file(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what an environment file configures, for whoever loads it in its own folder."""
    scene = scene_in(dirname(path), path, tree)
    for line, value in python_path_lines(tree.read(path)):
        yield entry_of(value, scene, Commands(path, scope_of(path, tree)), line)
