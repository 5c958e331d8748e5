"""Data is where PLATFORM_DATA says, for Python and for dbt."""

from pathlib import Path

import pytest

from pipelines.shared.utilities.locations import (
    PLATFORM_DATA,
    REPOSITORY,
    database_file,
    platform_data,
)


def test_data_is_in_the_repository_unless_a_variable_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(PLATFORM_DATA, str(tmp_path))
    assert database_file("orders") == tmp_path / "pipelines" / "orders" / "orders.duckdb"
    monkeypatch.delenv(PLATFORM_DATA)
    assert platform_data() == REPOSITORY / "data"


def test_a_relative_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """dbt works in the folder of the project: it would look elsewhere than Python."""
    monkeypatch.setenv(PLATFORM_DATA, "elsewhere")
    with pytest.raises(ValueError, match="must be an absolute path, not 'elsewhere'"):
        platform_data()
