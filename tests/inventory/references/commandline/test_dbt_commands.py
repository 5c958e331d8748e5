"""The folders that commands of dbt say, and the project of the folder in which they run."""

from __future__ import annotations

import pytest

from dbt_trees import IN_ROOT, PLACE, beside

OPTION = f"--project-dir {PLACE}"
BOTH = f"{OPTION} --profiles-dir {PLACE}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("dbt run --project-dir dbt_shop", f"dbt run {OPTION}"),
        ("dbt run --project-dir=dbt_shop/ -s a", f"dbt run --project-dir={PLACE}/ -s a"),
        ("dbt run --profiles-dir ./dbt_shop", f"dbt run --profiles-dir ./{PLACE}"),
        ("cd dbt_shop && dbt build", f"cd {PLACE} && dbt build"),
        ("cd dbt_shop; dbt run --profiles-dir .", f"cd {PLACE}; dbt run --profiles-dir ."),
        ("rm -rf dbt_shop/target dbt_shop/logs", f"rm -rf {PLACE}/target {PLACE}/logs"),
        ("cp dbt_shop/target/*.json out/", f"cp {PLACE}/target/*.json out/"),
        ("cat dbt_shop/dev.duckdb", f"cat {PLACE}/dev.duckdb"),
    ],
)
def test_the_folder_of_a_project_follows(before: str, after: str) -> None:
    assert beside("run.sh", before + "\n") == (after + "\n", [])


@pytest.mark.parametrize(
    "text",
    [
        "dbt run --select dbt_shop --target dev",
        "dbt --version",
        "echo dbt_shop/ready",
        "cat dbt_shop_2/x dbt_shop/whatever",
        "dbt run --project-dir /opt/dbt_shop",
        'dbt run --project-dir "$HERE/dbt_shop"',
        "dbt run",
    ],
)
def test_other_words_are_left(text: str) -> None:
    assert beside("run.sh", text + "\n") == (text + "\n", [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("dbt run", f"dbt run {BOTH}"),
        ("dbt run -s a && dbt test", f"dbt run {BOTH} -s a && dbt test {BOTH}"),
        ("dbt --debug docs generate", f"dbt --debug docs generate {BOTH}"),
        ("dbt run --profiles-dir .", f"dbt run {OPTION} --profiles-dir {PLACE}"),
        ("dbt run --project-dir ./", f"dbt run --project-dir ./{PLACE}/"),
        ("export DBT_PROFILES_DIR=ci\ndbt run", f"export DBT_PROFILES_DIR=ci\ndbt run {OPTION}"),
        ("export DBT_PROFILES_DIR=.\ndbt run", f"export DBT_PROFILES_DIR=.\ndbt run {BOTH}"),
        ("poetry run dbt deps", f"poetry run dbt deps {BOTH}"),
        ("rm -rf target", f"rm -rf {PLACE}/target"),
    ],
)
def test_where_the_project_was_in_the_root_commands_are_told_where_it_is(
    before: str, after: str
) -> None:
    assert beside("run.sh", before + "\n", IN_ROOT) == (after + "\n", [])


def test_profiles_that_stay_are_found_where_they_are() -> None:
    text = "dbt run\n"
    assert beside("run.sh", text, IN_ROOT, ("profiles.yml",)) == (f"dbt run {OPTION}\n", [])


@pytest.mark.parametrize(
    "text",
    [
        "export DBT_PROJECT_DIR=elsewhere\ndbt run\n",
        "cd elsewhere && dbt run\n",
        "cd $SOMEWHERE && dbt run\n",
        "rm -rf logs\n",
        "pip install dbt\n",
        "dbt init shop\n",
    ],
)
def test_commands_for_other_projects_are_left(text: str) -> None:
    assert beside("run.sh", text, IN_ROOT) == (text, [])


def test_in_an_image_it_is_a_finding() -> None:
    text = "FROM python\nWORKDIR /app\nCOPY . .\nRUN dbt deps\n"
    after, about = beside("Dockerfile", text, IN_ROOT)
    assert after == text
    assert [told.partition(",")[0] for told in about] == ['4: "deps" names dbt_project.yml']


def test_a_workflow_is_told_too() -> None:
    text = (
        "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          dbt deps\n          dbt run\n"
    )
    after = text.replace("deps", f"deps {BOTH}").replace("dbt run", f"dbt run {BOTH}")
    assert beside(".github/workflows/ci.yml", text, IN_ROOT) == (after, [])


def test_a_container_that_a_reader_enters_is_not_the_clone() -> None:
    text = "```bash\ncd /opt/airflow/dbt\ndbt run\n```\n"
    assert beside("README.md", text, IN_ROOT) == (text, [])
