"""The shared macros and data tests do in dbt what they say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from pipelines.shared.utilities.dbt_manifest import SHARED, DbtError, run_dbt

ROWS = """
select 1 as id, 'a' as kind, timestamp '2025-01-01 00:00' as seen_at, 2.50 as amount
union all
select 2, 'a', timestamp '2025-01-02 00:00', {second_amount}
union all
select {third_id}, 'b', {third_time}, 1.25
"""
GOOD = ROWS.format(second_amount="0", third_id="3", third_time="timestamp '2025-01-03 00:00'")
BAD = ROWS.format(second_amount="-1", third_id="2", third_time="timestamp '2999-01-01 00:00'")
MACROS = """
select
    id,
    {{ shared.clean_text("text") }} as cleaned,
    {{ shared.as_amount("amount") }} as amount,
    {{ shared.version_rank(key=["id"], newest_by=["file", "line"]) }} as version_rank
from (
    values (1, ' x ', ' 12.5', 'a', 1), (1, '   ', '', 'b', 1), (1, null, null, 'b', 2)
) as delivered (id, text, amount, file, line)
"""


def rules(model: str) -> dict[str, Any]:
    """Return a model with every shared data test."""
    same_total = {"shared.same_total": {"arguments": {"compare_model": "ref('good')"}}}
    together = {"shared.unique_together": {"arguments": {"columns": ["id"]}}}
    columns = [
        {"name": "seen_at", "data_tests": ["shared.not_in_future"]},
        {"name": "amount", "data_tests": ["shared.not_negative", same_total]},
    ]
    return {"name": model, "data_tests": [together], "columns": columns}


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dbt project that was built with the shared package."""
    folder = tmp_path_factory.mktemp("dbt")
    settings = {"name": "sample", "version": "1.0.0", "profile": "sample"}
    write(folder / "dbt_project.yml", settings)
    write(folder / "packages.yml", {"packages": [{"local": str(SHARED)}]})
    outputs = {"duckdb": {"type": "duckdb", "path": str(folder / "test.duckdb"), "threads": 1}}
    write(folder / "profiles.yml", {"sample": {"target": "duckdb", "outputs": outputs}})
    write(folder / "models" / "models.yml", {"models": [rules("good"), rules("bad")]})
    for name, text in (("good", GOOD), ("bad", BAD), ("macros", MACROS)):
        write(folder / "models" / f"{name}.sql", text)
    with pytest.MonkeyPatch.context() as environment:
        environment.chdir(folder)
        environment.setenv("DBT_TARGET_PATH", str(folder / "target"))
        run_dbt(folder, ["deps"])
        with pytest.raises(DbtError):
            run_dbt(folder, ["build"])
    return folder


@pytest.fixture
def status(project: Path) -> Callable[[str, str], str]:
    """Return a function that says how a data test on a model ended."""
    results = json.loads((project / "target" / "run_results.json").read_text(encoding="utf-8"))
    ended = {result["unique_id"]: result["status"] for result in results["results"]}

    def of(test: str, model: str) -> str:
        (found,) = (ended[name] for name in ended if f".shared_{test}_{model}_" in name)
        return str(found)

    return of


TESTS = sorted(path.stem for path in (SHARED / "tests" / "generic").glob("*.sql"))


@pytest.mark.parametrize("test", TESTS)
def test_a_data_test_knows_right_from_wrong(status: Callable[[str, str], str], test: str) -> None:
    assert status(test, "good") == "pass"
    assert status(test, "bad") == "fail"


def test_the_macros_make_the_sql_that_they_promise(project: Path) -> None:
    with duckdb.connect(project / "test.duckdb") as connection:
        found = connection.sql(
            "select cleaned, cast(amount as varchar), version_rank from macros order by 3"
        ).fetchall()
    assert found == [(None, None, 1), (None, None, 2), ("x", "12.50", 3)]


def test_what_a_shared_column_means_is_written_down() -> None:
    text = (SHARED / "schemas" / "columns.md").read_text(encoding="utf-8")
    schema = yaml.safe_load((SHARED / "schemas" / "raw_table.yml").read_text(encoding="utf-8"))
    for column in schema["columns"]:
        assert f"{{% docs {column['name']} %}}" in text
