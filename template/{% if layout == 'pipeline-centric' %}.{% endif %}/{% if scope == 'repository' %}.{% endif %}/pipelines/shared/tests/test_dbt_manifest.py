"""A manifest is made when it is needed, and only then."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.shared.utilities import dbt_manifest
from pipelines.shared.utilities.warehouse import DBT_TARGET


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a dbt project, with a shared package beside it."""
    shared = tmp_path / "shared"
    (shared / "macros").mkdir(parents=True)
    (shared / "macros" / "one.sql").touch()
    folder = tmp_path / "orders" / "dbt"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "a.sql").touch()
    (folder / "models" / "b.sql").touch()
    (folder / "dbt_project.yml").touch()
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    monkeypatch.setattr(dbt_manifest, "SHARED", shared)
    monkeypatch.setattr(dbt_manifest, "dbt_folder", lambda _: folder)
    monkeypatch.setattr(dbt_manifest, "run_dbt", fake_dbt)
    return folder


def fake_dbt(folder: Path, arguments: Sequence[str]) -> None:
    """Do what deps and parse do to the folder."""
    if arguments[0] == "deps":
        package = folder / "dbt_packages" / "shared"
        package.mkdir(parents=True)
        (package / "dbt_project.yml").touch()
    else:
        (folder / "target").mkdir(exist_ok=True)
        (folder / "target" / "manifest.json").write_text("{}", encoding="utf-8")


def touch(path: Path) -> None:
    """Give a file a time that is later than any."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (2**33, 2**33))


def test_a_manifest_is_made_once(project: Path) -> None:
    assert dbt_manifest.prepare("orders")
    assert not dbt_manifest.prepare("orders")


@pytest.mark.parametrize(
    "changed",
    ["models/a.sql", "models/new/c.sql", "dbt_project.yml", "../../shared/macros/one.sql"],
)
def test_a_change_makes_it_old(project: Path, changed: str) -> None:
    dbt_manifest.prepare("orders")
    touch(project / changed)
    assert not dbt_manifest.is_up_to_date(project)


@pytest.mark.parametrize(
    "written", ["logs/dbt.log", "target/run_results.json", "dbt_packages/shared/dbt_project.yml"]
)
def test_what_dbt_writes_does_not(project: Path, written: str) -> None:
    dbt_manifest.prepare("orders")
    touch(project / written)
    assert dbt_manifest.is_up_to_date(project)


def test_a_deleted_file_makes_it_old(project: Path) -> None:
    dbt_manifest.prepare("orders")
    os.utime(project / "target" / "manifest.json", (2, 2))
    assert dbt_manifest.is_up_to_date(project)
    (project / "models" / "b.sql").unlink()
    assert not dbt_manifest.is_up_to_date(project)


def test_another_warehouse_makes_it_old(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dbt_manifest.prepare("orders")
    monkeypatch.setenv(DBT_TARGET, "postgres")
    assert dbt_manifest.prepare("orders")
    assert dbt_manifest.is_up_to_date(project)


def test_what_dbt_refuses_is_reported(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(folder: Path, arguments: Sequence[str]) -> None:
        raise dbt_manifest.DbtError(f"dbt {arguments[0]}: no such thing")

    monkeypatch.setattr(dbt_manifest, "run_dbt", refuse)
    assert dbt_manifest.main(["orders"]) == 1
    assert capsys.readouterr().err == "error: orders: dbt deps: no such thing\n"
    assert not dbt_manifest.is_up_to_date(project)
