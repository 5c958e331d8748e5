"""A repository that was taken apart is asked for the same again, schema packages included."""

from __future__ import annotations

from relayout.migration import migrate
from relayout.planning.plan import Options
from test_cases import migrate_case, recipe_of

CASE = "models-of-a-schema-package"


def test_a_second_plan_with_the_same_options_is_empty() -> None:
    once = migrate_case(CASE)
    packages = (("etl_database_schema", ("orders", "customers")),)
    options = Options("monorepo", "shop", schema_packages=packages)
    again = migrate(once.after, recipe_of(CASE), options, lambda plan: None)
    assert again.plan.moves == ()
    assert again.plan.edits == ()
    assert again.plan.additions == {}
