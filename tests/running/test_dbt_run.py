"""``verify --run`` has dbt read a small project for real, before and after an adoption."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench import SUITE, Files, Result, commit_all, environment, relayout, snapshot

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


def run(path: Path, python: Path, *arguments: str) -> Result:
    command = ("verify", "--run", "--python", str(python), *arguments)
    return relayout(*command, cwd=path, env=environment())


def check_of(result: Result) -> dict[str, Any]:
    checks: list[dict[str, Any]] = json.loads(result.stdout)["checks"]
    return next(check for check in checks if check["name"] == "same-manifests")


def test_an_adoption_keeps_every_manifest(
    repository: Callable[[Files], Path], dbt_python: Path
) -> None:
    path = adopted(repository)
    before = snapshot(path)
    check = check_of(run(path, dbt_python, "--json"))
    assert check["details"] == []
    assert (check["projects"], check["nodes"], check["sources"], check["macros"]) == (2, 3, 1, 1)
    assert check["compiled"] == check["before"]["compiled"] == 2
    assert check["variables_without_value"] == ["SHOP_REGION"]
    assert "not_compiled" not in check
    assert snapshot(path) == before


def test_what_changed_since_is_told(repository: Callable[[Files], Path], dbt_python: Path) -> None:
    path = adopted(repository)
    model = next(path.glob("pipelines/**/stg_orders.sql"))
    model.write_text("select 1 as id, 2 as price\n")
    model.rename(model.parent.parent / model.name)
    commit_all(path, "Another source")
    done = run(path, dbt_python)
    assert done.status == 1
    for field in ("config", "fqn", "raw_code", "compiled_code"):
        assert f"shop: model.shop.stg_orders: {field} " in done.stdout
