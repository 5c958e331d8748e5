"""What a repository says about its Python is the answer that the template gets."""

from __future__ import annotations

import pytest

from relayout.detection import detect_answers, detect_layout
from relayout.tree import Tree


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"Pipfile": '[requires]\npython_version = "3.12"\n'}, "3.12"),
        ({"environment.yml": "dependencies:\n  - python=3.11\n"}, "3.11"),
        ({"environment.yml": "dependencies:\n  - python=3.8\n"}, "3.10"),
        ({"Pipfile": '[requires]\npython_version = "3.12"\n', ".python-version": "3.13\n"}, "3.13"),
        ({"pyproject.toml": '[project]\nrequires-python = ">=3.11"\n', "Pipfile": ""}, "3.11"),
        ({}, "3.10"),
    ],
)
def test_the_version_of_python(files: dict[str, str], version: str) -> None:
    assert detect_answers(Tree.of(files), "shop", "src-layout")["python_version"] == version


@pytest.mark.parametrize(
    ("files", "layout"),
    [
        ({"scripts/load.py": ""}, "src-layout"),
        ({"shop/management/commands/load.py": ""}, "monorepo"),
        ({"packages/orders/pyproject.toml": ""}, "monorepo"),
        ({"workspace.yaml": "load_from: []\n"}, "dagster"),
        ({"dg.toml": '[project]\nroot_module = "shop"\n'}, "dagster"),
        ({"pyproject.toml": '[tool.dagster]\nmodule_name = "shop"\n'}, "dagster"),
        ({"pyproject.toml": '[[tool.dagster.modules]]\ntype = "module"\n'}, "dagster"),
        ({"pyproject.toml": '[tool.dg]\ndirectory_type = "project"\n'}, "dagster"),
        ({"pyproject.toml": '[project]\ndependencies = ["dagster"]\n'}, "src-layout"),
        ({"pyproject.toml": "# [tool.dagster]\n"}, "src-layout"),
        (
            {"dbt/dbt_project.yml": "", "docker-compose.yml": "", "dagster.yaml": ""},
            "pipeline-centric",
        ),
        ({"orders/dbt_project.yml": "", "stock/dbt_project.yml": ""}, "pipeline-centric"),
        ({"dbt_project.yml": "", "dbt_packages/utils/dbt_project.yml": ""}, "src-layout"),
        ({"dbt/dbt_project.yml": "", "dagster.yaml": ""}, "dagster"),
        ({"docker-compose.yml": "", "load.py": ""}, "src-layout"),
        ({"job.py": "import pyspark\n", "dag.py": "from airflow import DAG\n"}, "batch-streaming"),
        (
            {"send.py": "import kafka\n", "job.py": "from pyspark.sql import types\n"},
            "batch-streaming",
        ),
        ({"job.py": "import pyspark\n", "load.py": "import airflows\n"}, "src-layout"),
        ({"job.py": "import pyspark\n", "tests/test_dag.py": "import airflow\n"}, "src-layout"),
        (
            {"job.py": "import pyspark\n", "dag.py": "import airflow\n", "dagster.yaml": ""},
            "dagster",
        ),
        (
            {
                "job.py": "import pyspark\n",
                "dag.py": "import airflow\n",
                "dbt/dbt_project.yml": "",
                "docker-compose.yml": "",
            },
            "batch-streaming",
        ),
    ],
)
def test_the_layout_that_fits(files: dict[str, str], layout: str) -> None:
    assert detect_layout(Tree.of(files)) == layout
