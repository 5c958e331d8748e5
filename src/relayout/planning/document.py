"""A plan as YAML: written for people to read and change, and read back.

Moves are what a person may edit: changed targets, removed or added lines; and which modules are
split, into what. Edits, additions and
findings follow from the moves and are written for information only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import yaml

from relayout.errors import Refusal
from relayout.planning.plan import Finding, Move, Plan, Written
from relayout.planning.units import is_proper
from relayout.planning.written_splits import splits_from
from relayout.source import Edit

_HEAD = """\
# What relayout will do to this repository. You may change `splits` (modules that are divided first,
# where they stand) and `moves` (where a file goes; without its entry a file stays where it is), and
# give the plan back: relayout adopt --plan FILE
# The rest follows from the moves and is computed anew.
"""

_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: several times as fast, and plans are long."""


def move_entries(plan: Plan) -> list[dict[str, str]]:
    """Return the moves of a plan as documents show them."""
    return [
        {"from": m.source, "to": m.target, "rule": m.rule, "reason": m.reason} for m in plan.moves
    ]


def split_entries(plan: Plan) -> list[dict[str, Any]]:
    """Return the modules that a plan divides as documents show them."""
    return [
        {
            "module": split.path,
            "section": split.section,
            "parts": [
                {"to": part.path, "section": part.section, "names": list(part.names)}
                for part in split.parts
            ],
        }
        for split in plan.splits
    ]


def kept_entries(plan: Plan) -> list[dict[str, str]]:
    """Return the files that a plan leaves where they are, as documents show them."""
    return [{"path": k.path, "rule": k.rule, "reason": k.reason} for k in plan.kept]


def finding_entries(findings: Iterable[Finding]) -> list[dict[str, str | int]]:
    """Return findings as documents show them."""
    return [
        {"code": f.code, "path": f.path, "line": f.line, "message": f.message, "help": f.help}
        for f in findings
    ]


def plan_to_yaml(plan: Plan, line_of: Callable[[str, Edit], int]) -> str:
    """Return a plan as YAML. ``line_of`` gives the line of an edit of the file at a new path."""
    document: dict[str, Any] = {
        "layout": plan.layout,
        "package": plan.package,
        "splits": split_entries(plan),
        "moves": move_entries(plan),
        "scripts": dict(plan.scripts),
        "edits": [
            {
                "path": edited.path,
                "lines": sorted({line_of(edited.path, e) for e in edited.edits}),
                "for": sorted({e.kind for e in edited.edits}),
            }
            for edited in plan.edits
        ],
        "additions": sorted(plan.additions),
        "findings": finding_entries(plan.findings),
        "kept": kept_entries(plan),
    }
    return _HEAD + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)


def plan_from_yaml(text: str, name: str) -> tuple[str, str, Written]:
    """Return (layout, package, what is to be done) of a written plan. Raises Refusal."""
    try:
        document = yaml.load(text, Loader=_SAFE_LOADER)  # noqa: S506
    except yaml.YAMLError as error:
        raise Refusal(f"{name} is not valid YAML", " ".join(str(error).split())) from None
    if not isinstance(document, dict) or not isinstance(document.get("moves"), list):
        raise Refusal(f"{name} is not a plan", "Write one: relayout plan --output FILE")
    moves: dict[str, Move] = {}
    for number, entry in enumerate(document["moves"], 1):
        if not isinstance(entry, dict) or not all(
            isinstance(entry.get(key), str) and entry[key] for key in ("from", "to")
        ):
            raise Refusal(f"{name}: move {number} has no 'from' and 'to'")
        source, target = entry["from"], entry["to"]
        if not is_proper(target):
            problem = f"{name}: {source} cannot go to {target}"
            raise Refusal(problem, "It leads out of the repository, or is not the path of a file.")
        if source in moves:
            raise Refusal(f"{name}: {source} is moved twice")
        rule, reason = str(entry.get("rule", "plan")), str(entry.get("reason", "the plan says so"))
        moves[source] = Move(source, target, rule, reason)
    written = Written(moves, splits_from(document.get("splits"), name))
    return str(document.get("layout", "")), str(document.get("package", "")), written
