"""Settings of Flake8 as Ruff has them (https://docs.astral.sh/ruff/settings/).

Flake8's are in https://flake8.pycqa.org/en/latest/user/options.html. Of the codes only those that
both have are kept: Ruff refuses a code that it does not know
(https://docs.astral.sh/ruff/rules/#pycodestyle-e-w, ...#pyflakes-f).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_ERRORS = (101, 401, 402, 501, *range(701, 704), *range(711, 715), 721, 722, 731, *range(741, 744))
_WARNINGS = (191, *range(291, 294), 505, 605)
_NAMES = (*range(401, 408), 811, *range(821, 824), 841, 842)
_FORMATS = (*range(501, 510), *range(521, 526), 541)
_LOGIC = (601, 602, 621, 622, *range(631, 635), 701, 702, 704, 706, 707, 722, 901)
_KNOWN = (
    *(f"E{number}" for number in _ERRORS),
    *(f"W{number}" for number in _WARNINGS),
    *(f"F{number}" for number in (*_NAMES, *_FORMATS, *_LOGIC)),
    "C901",
    "E902",
)
_DEFAULT = ["E", "F", "W"]
"""What Flake8 looks for by default."""


def ruff_settings(section: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return the table of Ruff that a section of Flake8's is, and what it cannot say."""
    said = {key.replace("_", "-"): value for key, value in section.items()}
    left: list[str] = []
    lint: dict[str, Any] = {"select": [*_DEFAULT]}
    table: dict[str, Any] = {}
    selected = _codes(said.pop("select", ""), left)
    if selected:
        lint["select"] = selected
    lint["select"] += _codes(said.pop("extend-select", ""), left)
    ignored = _codes(f"{said.pop('ignore', '')} {said.pop('extend-ignore', '')}", left)
    if ignored:
        lint["ignore"] = ignored
    excluded = [*_words(said.pop("exclude", "")), *_words(said.pop("extend-exclude", ""))]
    if excluded:
        table["extend-exclude"] = excluded
    _take_length(said, table, left)
    _take_complexity(said, lint, left)
    by_file = _per_file(said.pop("per-file-ignores", ""), left)
    if by_file:
        lint["per-file-ignores"] = by_file
    lint["select"] = list(dict.fromkeys(lint["select"]))
    return {**table, "lint": lint}, [*dict.fromkeys(left), *said]


def _take_length(said: dict[str, str], table: dict[str, Any], left: list[str]) -> None:
    length = said.pop("max-line-length", "")
    if length.isdigit() and 0 < int(length) <= 320:  # Ruff's bound
        table["line-length"] = int(length)
    elif length:
        left.append("max-line-length")


def _take_complexity(said: dict[str, str], lint: dict[str, Any], left: list[str]) -> None:
    complexity = said.pop("max-complexity", "")
    if complexity.isdigit() and len(complexity) < 6:
        lint["select"].append("C90")
        lint["mccabe"] = {"max-complexity": int(complexity)}
    elif complexity and complexity != "-1":
        left.append("max-complexity")


def _words(text: str) -> list[str]:
    lines = (re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines())
    return [word for line in lines for word in re.split(r"[,\s]+", line) if word]


def _codes(text: str, left: list[str]) -> list[str]:
    """Return the codes, or beginnings of codes, that Ruff has; the others go to ``left``."""
    words = list(dict.fromkeys(_words(text)))
    left += [word for word in words if not _is_known(word)]
    return [word for word in words if _is_known(word)]


def _is_known(word: str) -> bool:
    return bool(word) and any(code.startswith(word) for code in _KNOWN)


def _per_file(text: str, left: list[str]) -> dict[str, list[str]]:
    """Return the codes for each pattern of ``pattern: code,code``, which may go over lines."""
    found: dict[str, list[str]] = {}
    parts = re.split(r"([^\s,:]+)\s*:", "\n".join(_without_comments(text)))
    for pattern, codes in zip(parts[1::2], parts[2::2], strict=False):
        known = _codes(codes, left)
        if known:
            found[pattern] = known
    return found


def _without_comments(text: str) -> Iterable[str]:
    return (re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines())
