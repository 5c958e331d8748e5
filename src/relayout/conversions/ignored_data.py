"""Files that git tracks although ``.gitignore`` names them: Hatchling leaves them out of a wheel.

It reads ``.gitignore`` as git does, and does not ask what is tracked
(https://hatch.pypa.io/latest/config/build/#vcs); ``artifacts`` brings such files back. The format
is git's (https://git-scm.com/docs/gitignore).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from relayout.tree import ancestors

_PART = re.compile(r"\*\*/|/\*\*|\*\*|\*|\?|\[!?\]?[^\]/]*\]|\\.|[^*?\[\\]+|.")

_MOST_STARS, _MOST_DEPTHS = 3, 2
"""A pattern with more stars in one name, or more ``**``, is not read: it may take very long."""


def ignored_files(paths: Iterable[str], ignore: str) -> list[str]:
    """Return those of the paths that the text of a ``.gitignore`` at the root ignores."""
    rules = [rule for line in ignore.splitlines() if (rule := _rule(line)) is not None]
    if not rules:
        return []
    folders: dict[str, bool] = {"": False}
    return [path for path in paths if _is_ignored(path, rules, folders)]


_Rule = tuple[re.Pattern[str], bool, bool]
"""What a path must match, whether it is ignored then, and whether only a folder is meant."""


def _rule(line: str) -> _Rule | None:
    text = line.rstrip("\r\n")
    text = re.sub(r"(?<!\\)\s+$", "", text)
    if not text or text.startswith("#"):
        return None
    is_ignored = not text.startswith("!")
    text = text if is_ignored else text[1:]
    is_folder = text.endswith("/")
    body = text.rstrip("/")
    names = body.split("/")
    if not body or body.count("**") > _MOST_DEPTHS or _most_stars(names) > _MOST_STARS:
        return None
    is_rooted = "/" in body
    pattern = _translated(body.lstrip("/"))
    if not is_rooted:
        pattern = f"(?:.*/)?{pattern}"
    try:
        return re.compile(pattern, re.DOTALL), is_ignored, is_folder
    except re.error:
        return None


def _most_stars(names: Sequence[str]) -> int:
    return max(name.count("*") for name in names)


def _translated(body: str) -> str:
    """Return a pattern of git's as a regular expression that whole paths must match."""
    out = []
    for part in _PART.findall(body):
        if part == "**/":
            out.append("(?:.*/)?")
        elif part == "/**":
            out.append("/.*")
        elif part == "**":
            out.append("[^/]*")
        elif part == "*":
            if not out or out[-1] != "[^/]*":  # a row of stars is one
                out.append("[^/]*")
        elif part == "?":
            out.append("[^/]")
        elif part.startswith("[") and part.endswith("]") and len(part) > 2:
            inner = part[1:-1]
            sign = "^" if inner[:1] in "!^" else ""
            inner = inner[len(sign) :].replace("\\", "\\\\").replace("[", "\\[")
            out.append(f"[{sign}{inner}]")
        else:
            out.append(re.escape(part.removeprefix("\\") if len(part) == 2 else part))
    return "".join(out)


def _is_ignored(path: str, rules: Sequence[_Rule], folders: dict[str, bool]) -> bool:
    """Tell whether a file is ignored, by itself or with a folder above it, as git decides it.

    What stands in an ignored folder cannot be brought back. ``folders`` has those that were
    decided already.
    """
    for folder in reversed([*ancestors(path)]):  # the root first
        if folder not in folders:
            above = folders[folder.rpartition("/")[0]]
            folders[folder] = above or _verdict(folder, rules, is_folder=True)
    return folders[path.rpartition("/")[0]] or _verdict(path, rules, is_folder=False)


def _verdict(path: str, rules: Sequence[_Rule], is_folder: bool) -> bool:
    for pattern, is_ignored, folders_only in reversed(rules):
        if (is_folder or not folders_only) and pattern.fullmatch(path):
            return is_ignored
    return False
