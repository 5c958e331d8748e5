"""Modules that keep their path, though parts of them left it."""

from __future__ import annotations

from tests.test_cases import migrate_case


def test_a_split_module_that_keeps_its_name_has_no_shim() -> None:
    migration = migrate_case("dagster-explicit-definitions")
    kept = "src/weather/definitions.py"
    assert [split.path for split in migration.plan.splits] == ["weather/definitions.py"]
    assert "" not in migration.after
    assert migration.after.read(kept) == migration.converted.read(kept)
