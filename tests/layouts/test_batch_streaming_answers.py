"""What the questionnaire offers, accepts and refuses in the layout batch-streaming."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tomlkit
import yaml
from copier.errors import CopierError

Answer = Callable[..., Path]


def refusal(answer: Answer, **answers: object) -> str:
    with pytest.raises((CopierError, ValueError)) as refused:
        answer(layout="batch-streaming", **answers)
    return str(refused.value)


def test_it_has_defaults_of_its_own(answer: Answer) -> None:
    project = answer(layout="batch-streaming")
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert (
        answers.items()
        >= {
            "layout": "batch-streaming",
            "package": "data_platform",
            "pipeline": "sales",
            "package_manager": "uv",
            "python_version": "3.11",
            "database": "sqlite",
            "shims": False,
        }.items()
    )
    assert not {"group", "owner", "schedule"} & set(answers)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("package", "pyspark", "is the name of a package that this project depends on"),
        ("package", "airflow", "is the name of a package that this project depends on"),
        ("package", "confluent_kafka", "is the name of a package that this project depends on"),
        ("package", "deltalake", "is the name of a package that this project depends on"),
        ("package", "hcl2", "is the name of a package that this project depends on"),
        ("package", "dbt", "is the name of a package that this project depends on"),
        ("package", "spark", "is the name of a folder or module of the layout"),
        ("package", "orchestration", "is the name of a folder or module of the layout"),
        ("pipeline", "batch_etl", "is the name of a folder or module of the layout"),
        ("pipeline", "prod", "is the name of a folder or module of the layout"),
        ("pipeline", "order", "is a word of SQL"),
        ("pipeline", "pg_sales", "is a word of SQL, or a schema that databases keep"),
        ("pipeline", "sqlite_sales", "which SQLite keeps for its own tables"),
        ("pipeline", "data_platform", "is the package's name already"),
        ("python_version", "3.10", "Spark 4.3 needs Python 3.11 or later"),
        ("python_version", "3.14", "dbt 1.11 runs on Python 3.10 to 3.13"),
        ("database", "trino", "Invalid choice"),
    ],
)
def test_what_it_does_not_accept(
    answer: Answer, tmp_path: Path, name: str, value: str, message: str
) -> None:
    assert message in refusal(answer, **{name: value})
    assert not (tmp_path / "project").exists()


@pytest.mark.parametrize("python_version", ["3.10", "3.14"])
def test_code_that_is_brought_runs_on_the_python_that_it_runs_on(
    answer: Answer, python_version: str
) -> None:
    project = answer(layout="batch-streaming", pipeline="", python_version=python_version)
    document = tomlkit.parse((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert document["project"]["requires-python"] == f">={python_version}"
    assert document["project"]["dependencies"] == []
    assert document["tool"]["ruff"]["lint"]["select"] == ["E9", "F63", "F7"]
