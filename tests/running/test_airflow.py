"""Airflow gets a home of its own, and nothing that is secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.running.airflow import load_dags, own_environment
from relayout.running.airflow_folders import DagFolder
from relayout.running.environment import Interpreter, find_interpreter, has_package
from workbench import build_tree

FOLDER = DagFolder(
    "flows",
    plugins="plugins",
    mounts=(("/opt/airflow/dags", "flows"), ("/opt/airflow/etl/jobs", "jobs")),
    home=(("dags", "flows"), ("etl/jobs", "jobs"), ("plugins", "plugins")),
)


def interpreter(folder: Path, text: str) -> Interpreter:
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{text}\n")
    python.chmod(0o755)
    return Interpreter(python, "a test")


def said(tmp_path: Path, text: str) -> list[str]:
    files = {"flows/a.py": "", "jobs/b.yml": "", "plugins/c.py": ""}
    checkout = build_tree(tmp_path / "checkout", files)
    told: list[str] = []
    python = interpreter(tmp_path / "venv", text)
    with pytest.raises(Refusal, match="ended before it had loaded anything"):
        load_dags(python, checkout, tmp_path, [FOLDER], tmp_path / "work" / "0", told.append)
    return [line.removeprefix("  | ") for line in told]


def test_the_home_has_what_the_container_has(tmp_path: Path) -> None:
    told = said(tmp_path, 'cd "$AIRFLOW_HOME" && ls . dags etl etl/jobs plugins/c.py')
    assert told[0] == "  flows"
    listed = "plugins/c.py .: dags etl plugins dags: a.py etl: jobs etl/jobs: b.yml"
    assert " ".join(" ".join(told[1:]).split()) == listed


def test_secrets_and_the_users_airflow_stay_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        *("AIRFLOW_HOME", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW_CONN_SHOP"),
        *("DB_PASSWORD", "API_TOKEN", "AIRFLOW_VAR_API_KEY"),
    ):
        monkeypatch.setenv(name, "of-the-user")
    monkeypatch.setenv("AIRFLOW_VAR_REGION", "north")
    monkeypatch.setenv("SHOP_CODE", "42")
    told = said(tmp_path, "env | sort | grep -E '^(AIRFLOW|DB|API|SHOP)'; echo end")
    found = dict(line.split("=", 1) for line in told[1:] if "=" in line)
    assert "of-the-user" not in str(told)
    assert found.keys().isdisjoint({"DB_PASSWORD", "API_TOKEN", "AIRFLOW_VAR_API_KEY"})
    assert (found["AIRFLOW_VAR_REGION"], found["SHOP_CODE"]) == ("north", "42")
    assert found["AIRFLOW__CORE__DAGS_FOLDER"] == str(tmp_path / "checkout" / "flows")
    database = found["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert database == f"sqlite:///{tmp_path / 'work' / 'airflow.db'}"


def test_airflow_has_an_environment_of_its_own(tmp_path: Path) -> None:
    assert own_environment(tmp_path) == ""
    own = interpreter(tmp_path / ".venv-airflow", "exit 1")
    assert own_environment(tmp_path) == str(own.path)
    assert find_interpreter(tmp_path, own_environment(tmp_path)).path == own.path


def test_what_an_interpreter_has_is_asked(tmp_path: Path) -> None:
    assert has_package(interpreter(tmp_path / "a", "exit 0"), "airflow")
    assert not has_package(interpreter(tmp_path / "b", "exit 1"), "airflow")
    assert not has_package(Interpreter(tmp_path / "gone", "a test"), "airflow")
