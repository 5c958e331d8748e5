"""What rules ask about one file, and whether it fits."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from posixpath import basename

from relayout.planning.homes import Home
from relayout.planning.units import Unit, inside
from relayout.planning.use import Use
from relayout.recipes import Match


@dataclass(frozen=True, slots=True)
class Subject:
    """What rules ask about one file."""

    path: str
    kind: str
    use: Use
    unit: Unit
    helper: bool
    named: bool
    program: bool


def fits(match: Match, subject: Subject, home: Home) -> bool:
    """Tell whether a file, which belongs to a package, is one that a rule is for."""
    use, name = subject.use, basename(subject.path)
    facts = (subject.helper, subject.named, subject.program)
    asked = (match.helper, match.named, match.program)
    return (
        (not match.kind or subject.kind in match.kind)
        and (not match.use or use.use in match.use)
        and (not match.section or use.section in match.section)
        and (not match.name or any(fnmatch(name, pattern) for pattern in match.name))
        and not any(a is not None and a is not f for a, f in zip(asked, facts, strict=True))
        and (not match.folder or _in_any(subject.path, match.folder, home))
    )


def _in_any(path: str, folders: tuple[str, ...], home: Home) -> bool:
    said = {"package": home.package, "source": home.root, "project": home.project}
    return any(_stands_in(path, folder.format_map(said)) for folder in folders)


def below_match(path: str, match: Match) -> str:
    """Return the path of a file below the folder of its rule's that it stands in."""
    return inside(path, next((folder for folder in match.folder if _stands_in(path, folder)), ""))


def _stands_in(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/") if folder else "/" not in path
