"""What dbt says of a project before and after a migration, compared entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, join, normpath
from typing import Any

from relayout.verification.evidence import Check, outcome

_KINDS = {
    "nodes": "",
    "sources": "",
    "macros": "",
    "exposures": "",
    "metrics": "",
    "semantic_models": "",
    "saved_queries": "",
    "unit_tests": "",
    "functions": "",
    "groups": "",
    "docs": "",
    "selectors": "selector ",
    "disabled": "disabled ",
}
"""What a manifest has; the entries of most say in their names what they are."""
_COUNTED = ("nodes", "sources", "macros", "exposures", "metrics")
_LONG = 60
_OUTSIDE = re.compile(r"(?:\./)?(?:\.\./)+[^\s'\"`),;|<>]*")
_MOST = 20
"""So many differences of a project are told; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What dbt said of one project: ``folders`` are where it was and is."""

    name: str
    folders: tuple[str, str]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    moves: Mapping[str, str]


def same_manifests(answers: Sequence[Answers], gone: Sequence[str]) -> Check:
    """Return whether dbt says the same of every project, apart from where files are.

    ``gone`` are the names of projects that are not there any more.
    """
    details = [f"{name}: the project is gone" for name in gone]
    for one in answers:
        found = list(_differences(one))
        details += [f"{one.name}: {text}" for text in found[:_MOST]]
        if len(found) > _MOST:
            details.append(f"{one.name}: {len(found) - _MOST} more differences")
    figures: dict[str, Any] = {
        "projects": len(answers),
        **_numbers([one.after for one in answers]),
        "before": _numbers([one.before for one in answers]),
        "dbt": next((one.after["dbt"] for one in answers), ""),
        "adapters": sorted({one.after["adapter"] for one in answers if "adapter" in one.after}),
    }
    missing = sorted({name for one in answers for name in one.after.get("stood_in", ())})
    if missing:
        figures["variables_without_value"] = missing
    partly = {one.name: one.after["compiled"] for one in answers if one.after.get("compiled")}
    if partly:
        figures["not_compiled"] = partly
    return outcome("same-manifests", details, figures)


def _numbers(answers: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    manifests = [one["manifest"] for one in answers if "manifest" in one]
    nodes = [node for manifest in manifests for node in manifest["nodes"].values()]
    return {
        **{kind: sum(len(one[kind]) for one in manifests) for kind in _COUNTED},
        "dependencies": sum(len((node.get("depends_on") or {}).get("nodes", ())) for node in nodes),
        "compiled": sum(bool(node.get("compiled_code")) for node in nodes),
    }


def _differences(one: Answers) -> Iterator[str]:
    unread = False
    for answer, when in ((one.before, "before the adoption"), (one.after, "now")):
        if answer["error"]:
            unread = True
            yield f"{when}: dbt cannot read it: {answer['error']}"
    if unread:
        return
    was, now = one.before["manifest"], one.after["manifest"]
    for kind, word in _KINDS.items():
        old, new = was.get(kind) or {}, now.get(kind) or {}
        yield from (f"{word}{name} is gone" for name in sorted(old.keys() - new.keys()))
        yield from (f"{word}{name} was not there" for name in sorted(new.keys() - old.keys()))
        for name in sorted(old.keys() & new.keys()):
            for field in _changed(old[name], new[name], one):
                yield f"{word}{name}: {field}"


def _changed(old: Any, new: Any, one: Answers) -> Iterator[str]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        old, new = {"it": old}, {"it": new}
    for field in sorted(old.keys() | new.keys()):
        was, now = old.get(field), new.get(field)
        if not _same(was, now, one):
            short = max(len(str(was)), len(str(now))) <= _LONG
            yield f"{field} was {was}, is {now}" if short else f"{field} is not what it was"


def _same(was: Any, now: Any, one: Answers) -> bool:
    """Tell whether two values are the same, apart from paths that lead to the same."""
    if was == now:
        return True
    if isinstance(was, dict) and isinstance(now, dict):
        return was.keys() == now.keys() and all(_same(was[k], now[k], one) for k in was)
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(
            _same(old, new, one) for old, new in zip(was, now, strict=True)
        )
    if not isinstance(was, str) or not isinstance(now, str):
        return False
    if _OUTSIDE.sub("../", was) != _OUTSIDE.sub("../", now):
        return False
    paths = zip(_OUTSIDE.findall(was), _OUTSIDE.findall(now), strict=True)
    return all(_leads_to_same(old, new, one) for old, new in paths)


def _leads_to_same(was: str, now: str, one: Answers) -> bool:
    """Tell whether two paths lead to the same: each counts from the project's own folder."""
    old, new = (normpath(join(f, p)) for f, p in zip(one.folders, (was, now), strict=True))
    return old == new or one.moves.get(old) == new or _moved_along(old, new, one.moves)


def _moved_along(old: str, new: str, moves: Mapping[str, str]) -> bool:
    """Tell whether a folder, a pattern or what git does not hold went with a folder."""
    if basename(old) != basename(new):
        return False
    return any(
        old.startswith(source.rpartition("/")[0]) and new.startswith(target.rpartition("/")[0])
        for source, target in moves.items()
        if basename(source) == basename(target)
    )
