"""Pipelines are found by what is in their folders, and their settings are read strictly."""

from pathlib import Path

import pytest

from pipelines.shared.utilities.registry import (
    PipelineSettings,
    SettingsError,
    Source,
    code_locations,
    pipeline_names,
    settings_of,
)

FULL = """\
description: Orders of the shop, by day.
owner: data@example.com
schedule: "0 5 * * *"
fresh_within_hours: 26
sources:
  - name: files
    kind: file
    location: data/raw/*.csv
  - {name: people, kind: pipeline, location: customers.customers_by_country}
outputs: [orders_by_day]
readers: [team:finance]
secrets: [SHOP_TOKEN]
labels: {tier: 1}
"""


def write(root: Path, path: str, text: str = "") -> None:
    file = root / "pipelines" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_pipeline_is_a_folder_with_something_to_run(tmp_path: Path) -> None:
    assert pipeline_names(tmp_path) == []
    write(tmp_path, "zebra/dbt/dbt_project.yml")
    write(tmp_path, "airflow/orchestration/dag.py")
    write(tmp_path, "bare/config/pipeline.yml")
    write(tmp_path, "orders/orchestration/definitions.py")
    write(tmp_path, "gone/dbt/target/manifest.json")
    write(tmp_path, "gone/orchestration/__pycache__/definitions.cpython-310.pyc")
    write(tmp_path, "shared/dbt/dbt_project.yml")
    write(tmp_path, "_templates/dbt/dbt_project.yml")
    write(tmp_path, ".hidden/dbt/dbt_project.yml")
    write(tmp_path, "__init__.py")
    assert pipeline_names(tmp_path) == ["airflow", "bare", "orders", "zebra"]
    assert code_locations(tmp_path) == {"orders": "pipelines.orders.orchestration.definitions"}


def test_settings_are_read(tmp_path: Path) -> None:
    write(tmp_path, "orders/config/pipeline.yml", FULL)
    assert settings_of(tmp_path / "pipelines" / "orders") == PipelineSettings(
        name="orders",
        description="Orders of the shop, by day.",
        owner="data@example.com",
        schedule="0 5 * * *",
        fresh_within_hours=26.0,
        sources=(
            Source("files", "file", "data/raw/*.csv"),
            Source("people", "pipeline", "customers.customers_by_country"),
        ),
        outputs=("orders_by_day",),
        readers=("team:finance",),
        secrets=("SHOP_TOKEN",),
        labels=(("tier", "1"),),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "owner:\nschedule: null\n"])
def test_what_is_not_said_is_empty(tmp_path: Path, text: str) -> None:
    write(tmp_path, "orders/config/pipeline.yml", text)
    assert settings_of(tmp_path / "pipelines" / "orders") == PipelineSettings("orders")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a list", "must be a mapping"),
        ("owners: me", "unknown key 'owners'"),
        ("owner: [me]", "owner must be text"),
        ("schedule: daily", "five fields"),
        ("fresh_within_hours: yes", "number of hours"),
        ("fresh_within_hours: 0", "number of hours"),
        ("fresh_within_hours: .nan", "number of hours"),
        ("outputs: orders", "outputs must be a list"),
        ("outputs: [1]", "1 is none"),
        ("sources: [orders]", "needs name, kind and location"),
        ("sources: [{name: a, kind: file, location: ''}]", "needs name, kind and location"),
        ("sources: [{name: a, kind: ftp, location: b}]", "kind of 'a' must be one of"),
        ("sources: [{name: a, kind: pipeline, location: b}]", "must be <pipeline>.<output>"),
        ("labels: [a]", "labels must be a mapping"),
        ("owner: me\nschedule: @daily", r"pipeline\.yml:2: "),
        ("owner: \x00", "not YAML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, "orders/config/pipeline.yml", text)
    with pytest.raises(SettingsError, match=message) as caught:
        settings_of(tmp_path / "pipelines" / "orders")
    assert str(caught.value).startswith("pipelines/orders/config/pipeline.yml")


def test_absent_settings_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        settings_of(tmp_path / "pipelines" / "orders")
