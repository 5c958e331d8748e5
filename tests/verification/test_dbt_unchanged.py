"""Every dbt project is what it was, and what named it names it still."""

from __future__ import annotations

import pytest

from migrations import checks_of, evidence_of, migrate_files
from relayout.migration import Migration
from relayout.verification import Check, verify

FILES = {
    "Makefile": "run:\n\tdbt build --project-dir dbt_shop\n\trm -rf dbt_shop/target\n",
    "dbt_shop/dbt_project.yml": (
        "name: shop\nprofile: shop  # as in profiles.yml\nmacro-paths: [macros, ../macros]\n"
    ),
    "dbt_shop/profiles.yml": (
        "shop:\n  outputs:\n    dev:\n      type: duckdb\n      path: ../data/shop.duckdb\n"
    ),
    "dbt_shop/packages.yml": "packages:\n  - local: ../dbt_shared\n",
    "dbt_shop/models/staging/orders.sql": (
        "select * from {{ source('raw', 'orders') }}, read_csv('../data/raw/orders.csv')\n"
    ),
    "dbt_shop/models/sources.yml": "sources:\n  - name: raw\n    tables: [{name: orders}]\n",
    "dbt_shop/macros/cents.sql": "{% macro cents() %}{% endmacro %}\n",
    "dbt_shop/seeds/countries.csv": "code\nno\n",
    "dbt_shop/assets.py": "print('loads nothing')\n",
    "dbt_shared/dbt_project.yml": "name: shared\n",
    "macros/money.sql": "{% macro money() %}{% endmacro %}\n",
    "jobs/run.py": (
        "import subprocess\n\n"
        "subprocess.run(['dbt', 'run', '--project-dir', 'dbt_shop'], check=True)\n"
        "GROUP = dict(group_name='dbt_shop')\n"
    ),
}
PROJECT = "pipelines/shop/dbt"
MOVES = {
    path: f"{PROJECT}/{path.removeprefix('dbt_shop/')}"
    for path in FILES
    if path.startswith("dbt_shop/") and not path.endswith(".py")
} | {"dbt_shop/assets.py": "pipelines/shop/orchestration/assets.py"}


@pytest.fixture
def migration() -> Migration:
    return migrate_files(FILES, moves=MOVES)


def checked(migration: Migration, path: str, old: str, new: str) -> Check:
    """Return the outcome of the check after a text of a file was replaced."""
    text = migration.after.read(path).decode()
    assert old in text
    after = migration.after.with_content({path: text.replace(old, new).encode()})
    return next(c for c in verify(evidence_of(migration, after)) if c.name == "dbt-unchanged")


def test_a_project_that_moved_whole_is_what_it_was(migration: Migration) -> None:
    check = checks_of(migration)["dbt-unchanged"]
    assert check.passed, check.details
    assert check.figures == {
        "projects": 2,
        "models": 1,
        "seeds": 1,
        "macros": 1,
        "sources": 1,
    }


def test_a_repository_without_dbt_has_no_such_check() -> None:
    migration = migrate_files({"jobs/a.py": "print(1)\n"}, moves={"jobs/a.py": "src/x/a.py"})
    assert "dbt-unchanged" not in checks_of(migration)


@pytest.mark.parametrize(
    ("path", "old", "new", "detail"),
    [
        ("dbt_project.yml", "name: shop", "name: store", "name was shop, is store"),
        ("dbt_project.yml", "profile: shop", "profile: x", "profile was shop, is x"),
        ("dbt_project.yml", "macros, ", "", "macro-paths has other folders than before"),
        ("dbt_project.yml", "../../../macros", "../macros", "does not lead to it any more"),
        ("dbt_project.yml", "as in", "not as in", "it says something else than before"),
        ("profiles.yml", "../../../data", "../data", "and named data/shop.duckdb"),
        ("packages.yml", "../../../dbt_shared", "../dbt_shared", "says something else"),
        ("models/staging/orders.sql", "select *", "select 1", "it says something else"),
        ("models/staging/orders.sql", "../../../data", "../data", "and named data/raw/orders.csv"),
        ("seeds/countries.csv", "no", "se", "its text is not what it was"),
        ("models/sources.yml", "name: raw", "name: crm", "source raw.orders is gone"),
        ("macros/cents.sql", "cents", "pence", "macro cents is gone"),
    ],
)
def test_what_changed_in_a_project_is_told(
    migration: Migration, path: str, old: str, new: str, detail: str
) -> None:
    check = checked(migration, f"{PROJECT}/{path}", old, new)
    assert not check.passed
    assert any(detail in told for told in check.details), check.details


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("Makefile", f"--project-dir {PROJECT}", "--project-dir dbt_shop"),
        ("Makefile", f"{PROJECT}/target", "dbt_shop/target"),
        ("jobs/run.py", f"'{PROJECT}'", "'dbt_shop'"),
    ],
)
def test_what_no_longer_names_a_project_is_told(
    migration: Migration, path: str, old: str, new: str
) -> None:
    check = checked(migration, path, old, new)
    assert not check.passed
    assert all(told.startswith(f"{path}: nothing names {PROJECT}") for told in check.details)


def test_other_files_in_the_folder_of_a_project_are_not_dbts() -> None:
    hooks = "repos: [{repo: local, hooks: [{id: docs, entry: sh -c 'cd dbt_shop && make'}]}]\n"
    path = "dbt_shop/.pre-commit-config.yaml"
    moves = {**MOVES, path: f"{PROJECT}/.pre-commit-config.yaml"}
    migration = migrate_files({**FILES, path: hooks}, moves=moves)
    assert f"cd {PROJECT} &&" in migration.after.read(moves[path]).decode()
    assert checks_of(migration)["dbt-unchanged"].passed


def test_a_project_that_is_gone_is_told(migration: Migration) -> None:
    after = migration.after.without({f"{PROJECT}/dbt_project.yml"})
    checks = verify(evidence_of(migration, after))
    check = next(c for c in checks if c.name == "dbt-unchanged")
    assert "dbt_shop/dbt_project.yml: the project shop is gone" in check.details


def test_a_model_at_another_place_in_its_project_is_told() -> None:
    old = "dbt_shop/models/staging/orders.sql"
    migration = migrate_files(FILES, moves={**MOVES, old: f"{PROJECT}/models/orders.sql"})
    check = checks_of(migration)["dbt-unchanged"]
    where = f"{PROJECT}/models/orders.sql"
    assert f"{where}: model-paths of {PROJECT}/dbt_project.yml does not lead to it any more" in (
        check.details
    )
