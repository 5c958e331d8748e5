"""Console scripts that have another name: where they are declared, and where they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import basename

from relayout.inventory.references import decoded
from relayout.tree import Tree

_CALLS = re.compile(
    r"\.(?:sh|bash|zsh|ps1|bat|ya?ml|toml|cfg|ini|mk|md|rst|txt|json|tf|service|j2)\Z"
    r"|(?:\A|/)(?:Makefile|Dockerfile[^/]*|[^/]*\.Dockerfile|Procfile|justfile|\.envrc)\Z"
)
"""Files in which commands stand as people and machines type them."""

_COMMANDS = re.compile(r"\[(?:project|tool\.poetry)\.(?:gui-)?scripts\]")
_KEY = re.compile(r"""["']?(?P<name>[\w.-]+)["']?\s*=""")

_ALONE = r"(?:(?<![\w./-])|(?<=/bin/))"
_STARTED = r"(?:(?<=uv run )|(?<=poetry run )|(?<=pdm run )|(?<=/bin/))"


def rename_commands(tree: Tree, names: Mapping[str, str]) -> Tree:
    """Return a tree in which console scripts have other names (``names``: the new by the old).

    A name of several words is known wherever it stands alone; a name of one word only behind what
    starts commands, since it may be any word.
    """
    contents: dict[str, bytes] = {}
    for path in tree if names else ():
        if not tree.is_regular(path) or not _CALLS.search(path):
            continue
        content = tree.read(path)
        text, encoding = decoded(content)
        if basename(path) == "pyproject.toml":
            text = _redeclared(text, names)
        for old, new in names.items():
            text = _pattern(old).sub(new, text)
        if text.encode(encoding) != content:
            contents[path] = text.encode(encoding)
    return tree.with_content(contents)


def _pattern(name: str) -> re.Pattern[str]:
    front = _ALONE if re.search(r"\w[-_.]\w", name) else _STARTED
    return re.compile(rf"{front}{re.escape(name)}(?![\w/-]|\.\w)")


def _redeclared(text: str, names: Mapping[str, str]) -> str:
    """Return a project in which the keys of its commands are the new names."""
    lines = text.splitlines(keepends=True)
    in_commands = False
    for number, line in enumerate(lines):
        if line.startswith("["):
            in_commands = bool(_COMMANDS.match(line))
        elif in_commands and (found := _KEY.match(line)) and found["name"] in names:
            start, end = found.span("name")
            lines[number] = f"{line[:start]}{names[found['name']]}{line[end:]}"
    return "".join(lines)
