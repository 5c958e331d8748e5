"""``verify --run`` has dbt read a small project for real, before and after an adoption."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relayout.running import run_checks
from relayout.verification import Check
from workbench import SUITE, Files, commit_all, environment, relayout, snapshot

pytestmark = pytest.mark.layout_build

SHOP: Files = {
    "Makefile": "run:\n\tdbt build --project-dir dbt_shop --profiles-dir dbt_shop\n",
    "dbt_shop/dbt_project.yml": (
        "name: shop\nprofile: shop\nmodels:\n  shop:\n    staging: {+materialized: table}\n"
        "vars: {region: \"{{ env_var('SHOP_REGION') }}\"}\n"
    ),
    "dbt_shop/profiles.yml": (
        "shop:\n  target: prod\n  outputs:\n"
        "    prod: {type: duckdb, path: ../data/shop.duckdb, schema: shop}\n"
    ),
    "dbt_shop/packages.yml": "packages:\n  - local: ../dbt_money\n",
    "dbt_shop/models/staging/stg_orders.sql": "select * from read_csv('../data/orders.csv')\n",
    "dbt_shop/models/orders.sql": (
        "select {{ money.cents('price') }} as cents from {{ ref('stg_orders') }}"
        " join {{ source('raw', 'leads') }} using (id) -- {{ target.name }}\n"
    ),
    "dbt_shop/models/raw.yml": (
        "sources:\n  - name: raw\n    meta: {external_location: '../data/{name}.csv'}\n"
        "    tables: [{name: leads}]\n"
    ),
    "dbt_shop/seeds/countries.csv": "code\nno\n",
    "dbt_money/dbt_project.yml": "name: money\n",
    "dbt_money/macros/cents.sql": "{% macro cents(x) %}{{ x }} * 100{% endmacro %}\n",
    "data/orders.csv": "id,price\n1,2\n",
    "data/leads.csv": "id\n1\n",
}


def adopted(make: Callable[[Files], Path]) -> Path:
    path = make(SHOP)
    done = relayout(
        "adopt", "--suite", str(SUITE), "--layout", "pipeline-centric", cwd=path, env=environment()
    )
    assert done.status == 0, done.stderr
    return path


def check_of(path: Path, python: Path) -> Check:
    [check] = run_checks(path, [str(python)], lambda _: None)
    assert check.name == "same-manifests"
    return check


def test_an_adoption_keeps_every_manifest(
    repository: Callable[[Files], Path], dbt_python: Path
) -> None:
    path = adopted(repository)
    before = snapshot(path)
    check = check_of(path, dbt_python)
    assert check.details == ()
    numbers = check.figures["before"]
    assert {name: check.figures[name] for name in numbers} == numbers
    assert {name: number for name, number in numbers.items() if number} == {
        "nodes": 3,
        "sources": 1,
        "macros": 2,  # of the package, and of it in the shop
        "dependencies": 2,
        "compiled": 2,
    }
    assert check.figures["projects"] == 2
    assert check.figures["variables_without_value"] == ["SHOP_REGION"]
    assert "not_compiled" not in check.figures
    assert snapshot(path) == before


def test_what_changed_since_is_told(repository: Callable[[Files], Path], dbt_python: Path) -> None:
    path = adopted(repository)
    model = next(path.glob("pipelines/**/stg_orders.sql"))
    model.write_text("select 1 as id, 2 as price\n")
    model.rename(model.parent.parent / model.name)
    commit_all(path, "Another source")
    check = check_of(path, dbt_python)
    assert not check.passed
    for field in ("config", "fqn", "raw_code", "compiled_code"):
        assert any(
            told.startswith(f"shop: model.shop.stg_orders: {field} ") for told in check.details
        )
