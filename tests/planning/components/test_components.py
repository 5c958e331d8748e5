"""Every file is of the component that its content tells."""

from __future__ import annotations

import pytest

from streaming_trees import DAG, migrate_components, places, sections
from workbench import Files

SPARK = (
    "from pyspark.sql import SparkSession\n\nif __name__ == '__main__':\n    SparkSession.builder\n"
)
MAIN = "\nif __name__ == '__main__':\n    print(1)\n"
PRODUCER = "from kafka import KafkaProducer\n\nproducer = KafkaProducer()\n"


def test_the_only_one_of_a_kind_gets_the_name_of_the_layout() -> None:
    assert sections(
        {
            "sales_batch_job.py": SPARK,
            "kafka_producer.py": PRODUCER,
            "etl/__init__.py": "",
            "etl/extract_funcs.py": "",
            "etl/transform_funcs.py": "",
            "etl/load_funcs.py": "",
        }
    ) == {
        "sales_batch_job.py": ("spark-job", "batch_etl.py"),
        "kafka_producer.py": ("producer", "producers.py"),
        "etl/extract_funcs.py": ("extract", "extract.py"),
        "etl/transform_funcs.py": ("transform", "transform.py"),
        "etl/load_funcs.py": ("load", "load.py"),
    }


def test_several_of_a_kind_keep_their_names() -> None:
    found = sections({"spark/a_job.py": SPARK, "spark/deep/b_job.py": SPARK, "k/send.py": PRODUCER})
    assert found["spark/a_job.py"] == ("spark-job", "a_job.py")
    assert found["spark/deep/b_job.py"] == ("spark-job", "deep/b_job.py")
    assert found["k/send.py"] == ("producer", "producers.py")


@pytest.mark.parametrize(
    ("files", "path", "inner"),
    [
        ({"train_model.py": SPARK}, "train_model.py", "train_model.py"),
        ({"etl/loaders/orders.py": ""}, "etl/loaders/orders.py", "orders.py"),
        ({"producers/x.py": PRODUCER, "producers/deep/y.py": PRODUCER}, "producers/x.py", "x.py"),
        (
            {"src/sales/spark/jobs/other.py": SPARK, "batch_job.py": SPARK},
            "batch_job.py",
            "batch_job.py",
        ),
    ],
)
def test_a_name_that_would_not_be_true_is_not_given(files: Files, path: str, inner: str) -> None:
    assert sections(files)[path][1] == inner


@pytest.mark.parametrize(
    "path",
    [
        "old/kafka_producer.py",
        "tests/kafka_producer.py",
        "src/sales/producer.py",
        "docs/kafka_producer.py",
        "__legacy/kafka_producer.py",
        "test_producer.py",
    ],
)
def test_what_is_placed_or_left_alone_is_no_producer(path: str) -> None:
    assert sections({path: PRODUCER}).get(path, ("", ""))[0] != "producer"


def test_dags_move_as_a_folder_with_what_stands_beside_them() -> None:
    files: Files = {
        "airflow/dags/daily.py": DAG,
        "airflow/dags/helpers/notices.py": "",
        "airflow/dags/sql/load.sql": "select 1\n",
        "airflow/plugins/hooks.py": "",
        "airflow/airflow.cfg": "",
        "airflow/requirements-extra.md": "",
    }
    assert places(files) == {path: f"orchestration/{path}" for path in files}


def test_folders_of_dags_are_found_in_the_root_and_among_others() -> None:
    found = places(
        {
            "dags/daily.py": DAG,
            "plugins/hooks.py": "",
            "hourly_dag.py": DAG,
            "jobs/dags/weekly.py": DAG,
        }
    )
    assert found == {
        "dags/daily.py": "orchestration/airflow/dags/daily.py",
        "plugins/hooks.py": "orchestration/airflow/plugins/hooks.py",
        "hourly_dag.py": "orchestration/airflow/dags/hourly_dag.py",
        "jobs/dags/weekly.py": "orchestration/airflow/dags/weekly.py",
    }


def test_tests_with_a_dag_in_them_are_no_dags() -> None:
    found = places({"tests/airflow/conftest.py": DAG, "dags/daily.py": DAG})
    assert "tests/airflow/conftest.py" not in {
        source
        for source, target in found.items()
        if "dags" in target and source.startswith("tests")
    }
    assert found["dags/daily.py"] == "orchestration/airflow/dags/daily.py"


def test_code_that_dags_import_from_beside_their_folder_is_the_packages() -> None:
    found = places(
        {
            "airflow/dags/daily.py": f"from parser import parse\n{DAG}",
            "airflow/modules/parser.py": "def parse():\n    pass\n",
            "airflow/modules/unused.txt": "",
            "docker-compose.yml": (
                "services:\n  airflow:\n    image: apache/airflow:2.9.0\n"
                "    environment:\n      PYTHONPATH: /opt/airflow/modules\n    volumes:\n"
                "      - ./airflow/dags:/opt/airflow/dags\n"
                "      - ./airflow/modules:/opt/airflow/modules\n"
            ),
        }
    )
    assert found["airflow/modules/parser.py"] == "src/sales/parser.py"
    assert found["airflow/modules/unused.txt"] == "orchestration/airflow/modules/unused.txt"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("infra/main.tf", "infrastructure/terraform/main.tf"),
        ("infra/modules/db/main.tf", "infrastructure/modules/db/main.tf"),
        ("terraform/aws/main.tf", "infrastructure/terraform/aws/main.tf"),
        ("main.tf", "infrastructure/terraform/main.tf"),
        ("k8s/job.yaml", "infrastructure/k8s/job.yaml"),
        ("deployment/deploy.sh", "infrastructure/deployment/deploy.sh"),
        ("init.sql", "infrastructure/database/init.sql"),
        ("snowflake/tables.sql", "infrastructure/database/snowflake/tables.sql"),
        ("sql/tables.sql", "infrastructure/database/tables.sql"),
        ("run_all.sh", "orchestration/scripts/run_all.sh"),
        ("scripts/backfill.sh", "orchestration/scripts/backfill.sh"),
        ("src/scripts/load.sh", "orchestration/scripts/load.sh"),
        ("conf/spark.conf", "config/spark.conf"),
        ("HANDOVER.md", "docs/HANDOVER.md"),
        ("Makefile", ""),
        ("infrastructure/k8s/job.yaml", ""),
        ("data/tables.sql", ""),
        (".github/scripts/x.sh", ""),
    ],
)
def test_what_is_no_code_goes_where_the_layout_has_it(path: str, place: str) -> None:
    found = places({path: "x\n", "kafka_producer.py": PRODUCER})
    assert found.get(path, "") == place


def test_programs_in_scripts_are_scripts_and_what_others_import_is_code() -> None:
    found = places(
        {
            "scripts/extract_orders.py": f"import requests\n{MAIN}",
            "scripts/load_all.py": f"from scripts.names import NAMES\n{MAIN}",
            "jobs/daily.py": f"from scripts.names import NAMES\n{MAIN}",
            "scripts/names.py": "NAMES = []\n",
            "Makefile": "all:\n\tpython jobs/daily.py\n",
        }
    )
    assert found["scripts/extract_orders.py"] == "orchestration/scripts/extract_orders.py"
    assert found["scripts/load_all.py"] == "orchestration/scripts/load_all.py"
    assert found["scripts/names.py"].startswith("src/sales/")


def test_tools_of_the_root_stand_in_tools_unless_a_tool_finds_them_there() -> None:
    found = places({"setup_doctor.py": "print(1)\n", "setup.py": "import setuptools\n"})
    assert found == {"setup_doctor.py": "tools/setup_doctor.py"}


def test_a_service_with_an_image_of_its_own_stays_whole() -> None:
    found = places(
        {
            "docker-compose.yml": "services:\n  api:\n    build: ./api\n",
            "api/Dockerfile": "FROM python:3.12\nCOPY . /app\nCMD python /app/producer.py\n",
            "api/producer.py": PRODUCER,
            "spark_job.py": SPARK,
        }
    )
    assert found == {"spark_job.py": "src/sales/spark/jobs/batch_etl.py"}


def test_a_second_look_finds_everything_in_its_place() -> None:
    files: Files = {
        "airflow/dags/daily.py": DAG,
        "kafka_producer.py": PRODUCER,
        "sales_batch_job.py": SPARK,
        "etl/extract_funcs.py": "",
        "infra/main.tf": "",
        "run.sh": "python kafka_producer.py\n",
    }
    after = migrate_components(files).after
    assert places({path: after.read(path) for path in after}) == {}
