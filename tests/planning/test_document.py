"""A plan is written as YAML, edited by hand, and read back."""

from __future__ import annotations

import yaml

from migrations import migrate_files
from relayout.planning.document import plan_from_yaml, plan_to_yaml
from relayout.source import Edit
from workbench import LEGACY


def _no_line(_: str, __: Edit) -> int:
    return 0


def test_a_plan_survives_writing_and_reading() -> None:
    odd = {"scripts/two\nlines.py": "x = 1\n", "scripts/größe: 'x'.csv": "", "scripts/yes": ""}
    plan = migrate_files({**LEGACY, **odd}).plan
    text = plan_to_yaml(plan, _no_line)
    layout, package, written = plan_from_yaml(text, "plan.yml")
    assert (layout, package) == (plan.layout, plan.package)
    assert list(written.moves.values()) == list(plan.moves)


def test_every_file_has_a_reason() -> None:
    document = yaml.safe_load(plan_to_yaml(migrate_files(LEGACY).plan, _no_line))
    decided = [*document["moves"], *document["kept"]]
    assert len(decided) == len(LEGACY)
    assert all(entry["reason"] and entry["rule"] for entry in decided)


def test_a_plan_that_is_given_back_gives_the_same_tree() -> None:
    first = migrate_files(LEGACY)
    second = migrate_files(LEGACY, moves=first.plan.targets)
    assert {p: second.after.read(p) for p in second.after} == {
        p: first.after.read(p) for p in first.after
    }


def test_a_plan_that_was_edited_is_followed() -> None:
    moves = {"scripts/load.py": "src/pipelines/jobs/daily.py", "utils/db.py": "src/pipelines/db.py"}
    migration = migrate_files(LEGACY, moves=moves)
    after = migration.after.read("src/pipelines/jobs/daily.py").decode()
    assert "from pipelines.db import connect" in after
    assert "old/attempt.py" in migration.after
