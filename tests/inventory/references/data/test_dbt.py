"""dbt's files name the folders of a project, local packages, and files of data."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "dbt/models/a.sql": "transform/models/a.sql",
    "dbt/seeds/b.csv": "transform/data/b.csv",
    "dbt/macros/c.sql": "transform/macros/c.sql",
    "dbt/macros_of_others/d.sql": "shared/d.sql",
}
STAYS = ("analyses/e.sql",)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ('model-paths: ["dbt/models"]\n', "dbt/", "transform/"),
        ("model-paths:\n  - dbt/models # dbt/models\nname: dbt\n", "- dbt/", "- transform/"),
        ("seed-paths: ['dbt/seeds', analyses]", "dbt/seeds", "transform/data"),
        ('source-paths: ["dbt/models"]\r\ndata-paths: ["dbt/seeds"]\r\n', "", ""),
        ('macro-paths: ["dbt/macros", "dbt/macros_of_others"]', "", ""),
        ("snapshot-paths: [dbt/none]\ntest_paths: [dbt/seeds/]\n", "dbt/seeds", "transform/data"),
    ],
)  # fmt: skip
def test_the_folders_of_a_project_follow(text: str, old: str, new: str) -> None:
    after = text.replace(old, new) if old else (
        text.replace("dbt/models", "transform/models").replace("dbt/seeds", "transform/data")
        .replace("dbt/macros_of_others", "shared").replace("dbt/macros", "transform/macros")
    )  # fmt: skip
    assert followed("dbt_project.yml", text, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "name: dbt\nprofile: dbt/models\n",
        "target-path: dbt/target\nclean-targets: [dbt/target]\n",
        'on-run-start: "{{ dbt/models }}"\n',
        "vars: {folder: dbt/models}\n",
        "models:\n  dbt:\n    models: {+schema: dbt/models}\n",
        "model-paths: ['/dbt/models', '{{ dbt/models }}']\n",
        "model-paths: [dbt/models\n",
        "model-paths: {dbt/models: 1}\n",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("dbt_project.yml", text, MOVES, STAYS) == (text, [])


def test_a_folder_that_came_apart_is_reported() -> None:
    text = 'model-paths: ["dbt/models", "x"]\n'
    moves = {"dbt/models/a.sql": "a/a.sql", "dbt/models/b.sql": "b/b.sql"}
    about = ['1: "dbt/models" names dbt/models, whose files have different places now']
    assert followed("dbt_project.yml", text, moves, STAYS) == (text, about)


PROFILE = "shop:\n  outputs:\n    dev:\n      type: duckdb\n      path: {}\n"


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("data/shop.duckdb", "data/shop.duckdb"),
        ("../out/x.duckdb", "../../out/x.duckdb"),
        ("\"{{ env_var('DB', '../out/x.db') }}\"", "\"{{ env_var('DB', '../../out/x.db') }}\""),
        (":memory:", ":memory:"),
        ("md:shop", "md:shop"),
        ("/srv/x.duckdb", "/srv/x.duckdb"),
        ("\"{{ env_var('DB') }}/x.db\"", "\"{{ env_var('DB') }}/x.db\""),
    ],
)
def test_a_profile_counts_from_the_project(path: str, new: str) -> None:
    """Where a project moves deeper, data that git does not have is reached as before."""
    moves = {"dbt/dbt_project.yml": "teams/dbt/dbt_project.yml"}
    moves |= {"dbt/profiles.yml": "teams/dbt/profiles.yml"}
    text = PROFILE.format(path)
    after, about = followed("dbt/profiles.yml", text, moves, STAYS)
    assert not about
    if new.startswith("data"):
        new = "../../dbt/data/shop.duckdb"
    assert after == PROFILE.format(new)


def test_a_profile_beside_several_projects_is_left() -> None:
    text = PROFILE.format("../x.duckdb")
    moves = {"a/dbt_project.yml": "c/a/dbt_project.yml", "b/dbt_project.yml": "b/dbt_project.yml"}
    assert followed("profiles.yml", text, moves, STAYS) == (text, [])


def test_local_packages_follow() -> None:
    text = "packages:\n  - local: ../shared\n  - package: shared/x\n    version: 1.0.0\n"
    moves = {"shared/dbt_project.yml": "packages/shared/dbt_project.yml"}
    after = text.replace("../shared", "../packages/shared")
    assert followed("dbt/packages.yml", text, moves, ["dbt/dbt_project.yml"]) == (after, [])
    assert followed("else/packages.yml", text, moves, ["dbt/dbt_project.yml"]) == (text, [])


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("sources:\n- meta: {external_location: \"read_csv('raw/a.csv', x='raw')\"}\n",
         "raw/a", "data/raw/a"),
        ("sources:\n- meta:\n    external_location: 'raw/{name}.csv'\n", "raw/", "data/raw/"),
        ("sources:\n- tables:\n  - config: {external_location: raw/a.csv}\n", "raw/", "data/raw/"),
        ("sources:\n- meta: {external_location: 's3://raw/a.csv', raw: raw/a.csv}\n", "-", "-"),
        ("sources:\n- meta: {external_location: '{name}/raw/a.csv'}\n", "-", "-"),
    ],
)  # fmt: skip
def test_external_sources_follow(text: str, old: str, new: str) -> None:
    moves = {"raw/a.csv": "data/raw/a.csv"}
    after = text.replace(old, new)
    assert followed("models/sources.yml", text, moves, ["dbt_project.yml"]) == (after, [])
