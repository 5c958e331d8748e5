"""Paths in regular expressions that are searched for in the paths of files: ``^(utils|sql)/``.

Only what stands at the beginning of an alternative is a path from the root. The syntax is that of
https://docs.python.org/3/library/re.html#regular-expression-syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from relayout.inventory.references.reference import ROOT, Reference, is_there, named_from
from relayout.tree import Tree

_TOKEN = re.compile(
    r"(?P<flags>\(\?[a-zA-Z-]+\))|(?P<group>\((?:\?(?:P<\w+>|[a-zA-Z-]*:|[=!]|<[=!]))?)"
    r"|(?P<literal>\\[./_-]|[\w/\-@+,~ ](?![*+?{])|\.(?![*+?{]))"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*(?:\]|\Z))|(?P<escape>\\.)|(?P<other>.)",
    re.DOTALL,
)
_BEGINNING = "which may be only the beginning of a name here"
_ENDS = re.compile(r"[|)$]|$|\((?:\?:)?(?:/\|\$|\$\|/)\)|\\b|\\Z")
"""What may follow a whole name."""
_ONLY = re.compile(r"(?:\|[^()]*)?[)/]*(?:\.\*|\[\^/\][*+])\\\.(\w+)\$?\s*")
"""What follows a folder if files with one ending are meant."""
_FOLLOWS = 10
_LONGEST = 10_000
_FAR = 200
"""Nothing is looked for over a longer distance."""


@dataclass(slots=True)
class _Run:
    """Literal characters at the beginning of an alternative."""

    start: int
    end: int
    is_anchored: bool
    follows: str = ""
    """What ends it, or goes on; nothing at the end."""
    has_more: bool = False
    """Whether something follows the group that it stands in."""
    goes_on: bool = False
    """Whether the name goes on behind that group."""


def regular_references(pattern: str, kind: str, tree: Tree) -> Iterator[Reference]:
    """Yield the paths that a regular expression names, counted from the root."""
    for run in _runs(pattern[:_LONGEST]):
        text = pattern[run.start : run.end]
        doubt = _BEGINNING if run.goes_on else ""
        if not _ENDS.match(run.follows):
            head, slash, _ = text.rpartition("/")
            doubt = doubt if slash else _BEGINNING
            text = head + slash if slash else text
        end = run.start + len(text)
        named = _named(text.replace("\\", ""), run.is_anchored, tree)
        if not named:
            continue
        is_whole = run.follows[:1] in ("|", "", ")") and end == run.end
        between = _between(pattern, run) if is_whole and not run.has_more else None
        only = _ONLY.fullmatch(pattern, end) if len(pattern) - end < _FAR else None
        yield Reference(
            run.start, end, text, named, kind, ROOT, between=between, climbs=False, regular="\\",
            only=f".{only[1]}" if only else "", anywhere=not run.is_anchored, doubt=doubt,
        )  # fmt: skip


def _named(text: str, is_anchored: bool, tree: Tree) -> str | None:
    """Return the path that a text names from the root, or the one file that it ends if it may."""
    named = named_from("", text)
    if named and is_there(named, tree):
        return named
    ends = [p for p in tree if p.endswith(f"/{named}")] if named and not is_anchored else []
    return ends[0] if len(ends) == 1 else None


def _between(pattern: str, run: _Run) -> str:
    """Return what stands between an alternative and another one."""
    before = pattern[max(0, run.start - _FAR) : run.start]
    line = re.search(r"\n[ \t]*$", before)
    if line:
        return f"|{line.group()}"
    return "|^" if before.endswith("^") else "|"


def _runs(pattern: str) -> list[_Run]:
    """Return the literal characters at the beginning of each alternative."""
    is_verbose = bool(re.match(r"\(\?[a-wyz]*x[a-z]*\)", pattern))
    found: list[_Run] = []
    groups: list[tuple[tuple[bool, bool], int]] = []  # the state before each, and its first run
    outer = (True, False)  # whether a path may begin here, and whether it is anchored
    state = outer
    run: _Run | None = None
    for token in _tokens(pattern, is_verbose):
        said, kind = token[0], token.lastgroup
        continues = run is not None and run.end == token.start()
        if kind == "literal" and (continues or (run is None and state[0])):
            if run is None:
                run = _Run(token.start(), token.end(), state[1])
                found.append(run)
            run.end = token.end()
            continue
        if run is not None:
            run.follows = pattern[token.start() : token.start() + _FOLLOWS]
            run, state = None, (False, state[1])
        if kind == "group":
            groups.append((state, len(found)))
        elif said == "|":
            state = groups[-1][0] if groups else outer
        elif said == ")":
            before, first = groups.pop() if groups else (outer, len(found))
            state = (False, before[1])
            behind = pattern[token.end() : token.end() + 1]
            for inner in found[first:] if behind not in ("", "|", ")", "$") else ():
                inner.has_more = True
                inner.goes_on |= behind.isalnum() or behind in "_-"
        elif said == "^" and state[0]:
            state = (True, True)
        elif kind != "flags":
            state = (False, state[1])
    return found


def _tokens(pattern: str, is_verbose: bool) -> Iterator[re.Match[str]]:
    """Yield the parts of a pattern; blanks and comments are none where it is verbose."""
    position = 0
    while token := _TOKEN.match(pattern, position):
        position = token.end()
        if is_verbose and token[0] == "#":
            end = pattern.find("\n", position)
            position = len(pattern) if end < 0 else end
        elif not (is_verbose and token[0].isspace()):
            yield token
