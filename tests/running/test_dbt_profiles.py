"""A profile that stands in has the names of the real one, and none of its credentials."""

from __future__ import annotations

import pytest

from relayout.inventory.dbt import DbtProject, find_dbt_projects
from relayout.running.dbt_profiles import CONNECTIONS, Profile, stand_in
from relayout.tree import Tree

PROFILES = """\
config: {send_anonymous_usage_stats: false}
shop:
  target: prod
  outputs:
    dev: {type: duckdb, path: ../data/shop.duckdb, schema: "{{ env_var('ME') }}"}
    prod:
      type: postgres
      host: db.example.org
      user: ada
      password: horse
      dbname: shop
      schema: analytics
"""


def stood_in(files: dict[str, str], folder: str = "dbt") -> Profile:
    tree = Tree.of(files)
    found: dict[str, DbtProject] = {one.folder: one for one in find_dbt_projects(tree)}
    return stand_in(found[folder], tree)


def test_names_and_schemas_are_taken_and_nothing_else() -> None:
    files = {"dbt/dbt_project.yml": "name: a\nprofile: shop\n", "dbt/profiles.yml": PROFILES}
    assert stood_in(files) == Profile(
        "shop",
        "prod",
        {
            "dev": {"type": "duckdb"},
            "prod": {"type": "postgres", "dbname": "shop", "schema": "analytics"},
        },
    )


def test_the_nearest_profile_that_has_it_counts() -> None:
    other = "shop: {outputs: {ci: {type: trino}}}\n"
    files = {"dbt/a/dbt_project.yml": "name: a\nprofile: shop\n"}
    files |= {"profiles/profiles.yml": other, "dbt/profiles.yml": "other: {}\n"}
    assert stood_in(files, "dbt/a") == Profile("shop", "ci", {"ci": {"type": "trino"}})
    files["profiles.yml"] = PROFILES
    assert stood_in(files, "dbt/a").target == "prod"


@pytest.mark.parametrize(
    ("project", "profiles", "expected"),
    [
        ("name: a\n", "", Profile("a")),
        ("name: a\nprofile: \"{{ env_var('P') }}\"\n", "", Profile("a")),
        ("name: a\nprofile: p\n", "p: {outputs: 1}\n", Profile("p")),
        ("name: a\nprofile: p\n", "p: [\n", Profile("p")),
        (
            "name: a\nprofile: p\n",
            "p: {target: \"{{ env_var('T') }}\", outputs: {x: {type: oracle}}}\n",
            Profile("p", "x", {"x": {}}),
        ),
    ],
)
def test_what_is_not_said_is_made_up(project: str, profiles: str, expected: Profile) -> None:
    files = {"dbt/dbt_project.yml": project, "dbt/profiles.yml": profiles}
    assert stood_in(files) == expected


def test_no_connection_leads_anywhere() -> None:
    hosts = [one["host"] for one in CONNECTIONS.values() if "host" in one]
    assert set(hosts) == {"localhost.invalid"}
