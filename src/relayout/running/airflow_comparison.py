"""DAGs before and after a migration, compared one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relayout.running.airflow_paths import REPOSITORY, Paths
from relayout.verification.evidence import Check, outcome

_LONG = 60
_MOST = 20
"""So many differences of a DAG are told; the rest are counted."""
_NO_MODULE = re.compile(r"No module named '(?P<name>[\w.]+)'")

Facts = Mapping[str, Any]
_EMPTY: Facts = {"error": "", "dags": {}}
"""What a file has that was not there, or was not looked into."""
Key = tuple[str, str, str]
"""A DAG, a task or group of it (or neither), and a field."""


@dataclass
class _Files:
    """What became of the files with DAGs."""

    differences: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


def same_dags(before: Facts, after: Facts, paths: Paths, again: Callable[[], Facts]) -> Check:
    """Return whether two answers of the probe have the same DAGs.

    A file that loads on neither side for the same reason, or for want of a package, is told and not
    compared. ``again`` loads the state before once more, and is called only if something differs:
    what is not the same in both times (a date of today, a random number) does not count.
    """
    files = _compared_files(before["files"], after["files"], paths)
    old, new = _dags(before["files"], paths.after), _dags(after["files"], str)
    pairs = list(_pairs(old, new, files.repaired))
    changes = {key: texts for pair in pairs for key, texts in _changes(pair, paths)}
    volatile = sorted(changes.keys() & _volatile(changes, old, again, paths))
    compared = [pair for pair in pairs if pair[1] is not None and pair[2] is not None]
    details = [f"{stray} was loaded from the repository" for stray in _strays(before, after)]
    details += files.differences
    details += _told({key: text for key, text in changes.items() if key not in volatile})
    if not compared:
        details.append(_nothing(before["files"], files))
    figures: dict[str, Any] = {
        **_numbers(facts for _, _, facts in compared),
        "files": len(after["files"]),
        "repaired": len(files.repaired),
        "not_comparable": len(files.failures),
        "before": _numbers(facts for _, facts, _ in compared),
        "python": after["python"] or before["python"],
        "airflow": after["airflow"] or before["airflow"],
    }
    optional = {
        "repaired_files": files.repaired,
        "failures": files.failures,
        "missing_packages": sorted(files.missing),
        "variables_without_value": _stood_in(before, after),
        "not_the_same_twice": [" ".join(filter(None, key)) for key in volatile],
    }
    return outcome("same-dags", details, {**figures, **{k: v for k, v in optional.items() if v}})


def _strays(*answers: Facts) -> list[str]:
    return sorted({stray for answer in answers for stray in answer["strays"]})


def _stood_in(*answers: Facts) -> list[str]:
    files = [file for answer in answers for file in answer["files"].values()]
    return sorted({name for file in files for name in file.get("stood_in", ())})


def _nothing(files: Facts, found: _Files) -> str:
    why = next(iter(found.failures.values()), "")
    fail, load = len(found.failures), len(found.repaired)
    text = f"no DAG could be compared: of {len(files)} files {fail} load on neither side"
    text += f", {load} only now" if load else ""
    if found.missing:
        return f"{text}; not installed: {', '.join(sorted(found.missing))}"
    return text + (f" ({why})" if why else "")


# -- files that do not load


def _compared_files(before: Facts, after: Facts, paths: Paths) -> _Files:
    found = _Files()
    pending = dict(after)
    for path, was in before.items():
        place = paths.after(path)
        now = pending.pop(place, None)
        if now is not None:
            _note(place, was, now, found, paths)
        elif was["error"] and place in paths.now.tree:
            reason = _reason(was["error"])
            found.failures[place] = f"did not load before, and is not loaded now: {reason}"
    for place, now in pending.items():
        _note(place, _EMPTY, now, found, paths)
    return found


def _note(place: str, was: Facts, now: Facts, found: _Files, paths: Paths) -> None:
    """Note what became of one file: repaired, as bad as before, or worse."""
    old, new = _reason(was["error"]), _reason(now["error"])
    absent = _absent(new, paths)
    if absent:
        found.missing.add(absent)
    if old and not new:
        found.repaired.append(place)
    elif old and paths.same_text(old, new):
        found.failures[place] = f"does not load, as before: {new}"
    elif absent and (old or not was["dags"]):
        found.failures[place] = f"cannot be loaded here: {new}"
    elif old:
        told = f"{place} does not load for another reason: it was {old}, it is {new}"
        found.differences.append(told)
    elif new:
        when = "was not looked into" if was is _EMPTY else "loaded"
        found.differences.append(f"{place} {when} before, and does not load now: {new}")
    elif now.get("needs_root") and was is not _EMPTY and not was.get("needs_root"):
        told = f"{place} loads only with the repository's folder on the search path now"
        found.differences.append(told)


def _reason(error: str) -> str:
    """Return the last line of an error: what was raised, and what that says."""
    lines = [line for line in error.strip().splitlines() if line.strip()]
    raised = [line for line in lines if re.match(r"[\w.]+(?:Error|Exception|Exit)\b", line)]
    return (raised or lines or [""])[-1].strip()


def _absent(reason: str, paths: Paths) -> str:
    """Return the package that is not installed, if that is the reason; else nothing."""
    match = _NO_MODULE.search(reason)
    return match["name"] if match and not paths.is_own(match["name"]) else ""


# -- DAGs


@dataclass(frozen=True, slots=True)
class _Dag:
    name: str
    file: str
    """Where it is after the migration."""
    facts: Facts


def _dags(files: Facts, place: Callable[[str], str]) -> list[_Dag]:
    return [
        _Dag(name, place(path), facts)
        for path, file in sorted(files.items())
        for name, facts in sorted(file["dags"].items())
    ]


def _pairs(
    before: list[_Dag], after: list[_Dag], repaired: Collection[str] = ()
) -> Iterator[tuple[str, Facts | None, Facts | None]]:
    """Yield the DAGs of one name and, if several files have one of that name, of one file.

    That a file which is ``repaired`` has DAGs that were not there before is no difference.
    """
    rest = list(after)
    unmatched = []
    for old in before:
        new = next((d for d in rest if (d.name, d.file) == (old.name, old.file)), None)
        if new is None:
            unmatched.append(old)
        else:
            rest.remove(new)
            yield old.name, old.facts, new.facts
    for old in unmatched:
        new = next((d for d in rest if d.name == old.name), None)
        if new is not None:
            rest.remove(new)
        yield old.name, old.facts, new.facts if new is not None else None
    yield from ((new.name, None, new.facts) for new in rest if new.file not in repaired)


def _changes(
    pair: tuple[str, Facts | None, Facts | None], paths: Paths
) -> Iterator[tuple[Key, str]]:
    name, old, new = pair
    if old is None or new is None:
        yield (name, "", ""), "was not there before" if old is None else "is gone"
        return
    yield from _fields((name, ""), _own(old), _own(new), paths)
    for kind, word in (("tasks", "task"), ("groups", "task group")):
        for one in sorted(old[kind].keys() | new[kind].keys()):
            was, now = old[kind].get(one), new[kind].get(one)
            if was is None or now is None:
                gone = "was not there before" if was is None else "is gone"
                yield (name, f"{word} {one}", ""), gone
            else:
                yield from _fields((name, f"{word} {one}"), was, now, paths)


def _own(dag: Facts) -> Facts:
    return {key: value for key, value in dag.items() if key not in ("tasks", "groups")}


def _fields(
    owner: tuple[str, str], old: Facts, new: Facts, paths: Paths
) -> Iterator[tuple[Key, str]]:
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if not paths.same(was, now):
            short = max(len(str(was)), len(str(now))) <= _LONG
            text = f"was {_shown(was)}, is {_shown(now)}" if short else "is not what it was"
            yield (*owner, name), text


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return str(value).replace(f"{REPOSITORY}/", "") if value not in ("", None) else "nothing"


def _volatile(
    changes: Mapping[Key, str], before: list[_Dag], again: Callable[[], Facts], paths: Paths
) -> set[Key]:
    """Return the fields that differ when the state before is loaded twice."""
    if not any(name for _, _, name in changes):
        return set()
    second = _dags(again()["files"], paths.after)
    return {key for pair in _pairs(before, second) for key, _ in _changes(pair, paths)}


def _told(changes: Mapping[Key, str]) -> list[str]:
    by_dag: dict[str, list[str]] = {}
    for (dag, owner, name), text in changes.items():
        about = " ".join(filter(None, (name, text)))
        by_dag.setdefault(dag, []).append(
            f"{owner}: {about}" if owner and name else f"{owner} {about}"
        )
    details = []
    for dag, texts in by_dag.items():
        details += [f"DAG {dag}: {text.strip()}" for text in texts[:_MOST]]
        if len(texts) > _MOST:
            details.append(f"DAG {dag}: {len(texts) - _MOST} more differences")
    return details


def _numbers(dags: Iterable[Any]) -> dict[str, int]:
    every = list(dags)
    tasks = [task for dag in every for task in dag["tasks"].values()]
    return {
        "dags": len(every),
        "tasks": len(tasks),
        "dependencies": sum(len(task["upstream"]) for task in tasks),
        "task_groups": sum(len(dag["groups"]) for dag in every),
    }
