"""What a folder may hold: packages where Python is imported from, none where they would do harm."""

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
OTHERS = {"_templates", "dbt", "data", "notebooks"}


def folders_without_init(pipelines: Path) -> Iterator[str]:
    """Yield the folders with Python modules that have no `__init__.py`, from `pipelines/` on."""
    for folder in sorted({path.parent for path in pipelines.rglob("*.py")}):
        inside = folder.relative_to(pipelines.parent)
        if not OTHERS.intersection(inside.parts) and not (folder / "__init__.py").is_file():
            yield inside.as_posix()


def packages_for_dbt(pipelines: Path) -> Iterator[str]:
    """Yield what dbt would take for a Python model, though it is the sign of a package."""
    for path in sorted(pipelines.glob("*/dbt/**/__init__.py")):
        inside = path.relative_to(pipelines.parent)
        if not {"dbt_packages", "target"}.intersection(inside.parts):
            yield inside.as_posix()


def test_every_folder_with_modules_is_a_package() -> None:
    assert list(folders_without_init(ROOT / "pipelines")) == []


def test_no_folder_of_dbt_is_a_package() -> None:
    assert list(packages_for_dbt(ROOT / "pipelines")) == []


def test_the_folder_platform_does_not_hide_the_module() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert "python_implementation" in vars(platform)
    assert "platform" in sys.stdlib_module_names


def test_a_folder_that_breaks_a_rule_is_seen(tmp_path: Path) -> None:
    code = tmp_path / "pipelines" / "orders" / "scripts"
    models = tmp_path / "pipelines" / "orders" / "dbt" / "models"
    for folder in (code, models):
        folder.mkdir(parents=True)
    (code / "load.py").write_text("")
    (models / "totals.py").write_text("")
    (models / "__init__.py").write_text("")
    pipelines = tmp_path / "pipelines"
    assert list(folders_without_init(pipelines)) == ["pipelines/orders/scripts"]
    assert list(packages_for_dbt(pipelines)) == ["pipelines/orders/dbt/models/__init__.py"]


@pytest.mark.parametrize("name", ["run-all-tests", "test-pipeline", "test-shared"])
def test_what_people_start_can_be_started(name: str) -> None:
    path = ROOT / "tools" / "testing" / name
    assert path.stat().st_mode & 0o111
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
