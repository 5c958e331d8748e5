"""``same-definitions``: what Dagster loads after a migration is what it loaded before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from relayout.running.locations import GATHERED, Location
from relayout.verification.evidence import Check, outcome

_KINDS = {
    "assets": "asset",
    "checks": "asset check",
    "jobs": "job",
    "schedules": "schedule",
    "sensors": "sensor",
    "resources": "resource",
}
"""What a code location has of, each with the word for one."""

Facts = Mapping[str, Any]


def same_definitions(
    before: Mapping[str, Any], after: Mapping[str, Any], loaded_before: Sequence[Location]
) -> Check:
    """Return whether two answers of the probe say the same.

    Code locations are compared one by one if there are as many as before, else all together.
    Resources that are only there afterwards count if something before could have provided them:
    where no code location was, nothing did.
    """
    details = [
        *_unloaded(before["locations"], "before the adoption"),
        *_unloaded(after["locations"], "now"),
        *(
            f"{stray} was loaded from the repository, not from a checkout"
            for stray in _strays(before, after)
        ),
    ]
    gathered = any(location.kind == GATHERED for location in loaded_before)
    if not details:
        for name, old, new in _pairs(before["locations"], after["locations"]):
            details += [f"{name}{text}" for text in _differences(old, new, gathered)]
    figures: dict[str, Any] = {
        **_numbers(after["locations"]),
        "before": _numbers(before["locations"]),
        "python": after["python"],
        "dagster": after["dagster"],
        "locations": [location["name"] for location in after["locations"]],
    }
    if gathered:
        figures["compared_with"] = "the definitions of all modules: no code location loads before"
    errors = [one["error"] for one in (*before["locations"], *after["locations"]) if one["error"]]
    if errors:
        figures["errors"] = errors
    return outcome("same-definitions", details, figures)


def _strays(*answers: Mapping[str, Any]) -> list[str]:
    return sorted({stray for answer in answers for stray in answer.get("strays", ())})


def _unloaded(locations: Sequence[Facts], when: str) -> Iterator[str]:
    if not locations:
        yield f"{when}: there is no code location"
    for location in locations:
        if location["error"]:
            reason = location["error"].strip().splitlines()[-1]
            yield f"{when}: {location['name']} does not load: {reason}"


def _pairs(before: Sequence[Facts], after: Sequence[Facts]) -> Iterator[tuple[str, Facts, Facts]]:
    """Yield the code locations to compare, each with what its differences begin with."""
    if len(before) == len(after) == 1:
        yield "", before[0], after[0]
    elif len(before) == len(after):
        rest = list(after)
        names = {location["name"] for location in before}
        for old in before:
            same = [new for new in rest if new["name"] == old["name"]]
            new = (same or [one for one in rest if one["name"] not in names] or rest)[0]
            rest.remove(new)
            yield f"{old['name']}: ", old, new
    else:
        yield "", _together(before), _together(after)


def _together(locations: Sequence[Facts]) -> Facts:
    """Return what several code locations have; the last one's, where they use the same name."""
    return {
        kind: {key: value for location in locations for key, value in location[kind].items()}
        for kind in _KINDS
    }


def _differences(before: Facts, after: Facts, gathered: bool) -> Iterator[str]:
    for kind, word in _KINDS.items():
        old, new = before[kind], after[kind]
        for key in sorted(old.keys() - new.keys()):
            yield f"{word} {key} is gone"
        for key in sorted(new.keys() - old.keys()):
            if not (gathered and kind == "resources"):
                yield f"{word} {key} was not there before"
        for key in sorted(old.keys() & new.keys()):
            yield from (f"{word} {key}: {text}" for text in _changes(old[key], new[key]))


def _changes(before: Any, after: Any) -> Iterator[str]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        before, after = {"type": before}, {"type": after}
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield f"{name} was {_shown(was)}, is {_shown(now)}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return str(value) if value not in ("", None) else "nothing"


def _numbers(locations: Sequence[Facts]) -> dict[str, int]:
    """Return how many of each there are, over all code locations that load."""
    loaded = [location for location in locations if not location["error"]]
    found = {kind: sum(len(location[kind]) for location in loaded) for kind in _KINDS}
    assets = [asset for location in loaded for asset in location["assets"].values()]
    return {
        **found,
        "dependencies": sum(len(asset["upstream"]) for asset in assets),
        "groups": len({asset["group"] for asset in assets if asset["group"]}),
        "partitioned": sum(bool(asset["partitions"]) for asset in assets),
    }
