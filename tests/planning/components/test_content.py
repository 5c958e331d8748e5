"""What a module is, its content says; names decide only where content leaves it open."""

from __future__ import annotations

import pytest

from relayout.inventory.python import read_python
from relayout.planning.components.content import (
    is_batch_job,
    is_notebook_source,
    is_tool,
    section_of,
)
from relayout.tree import Tree

SESSION = (
    "from pyspark.sql import SparkSession\n\n\ndef run():\n    SparkSession.builder.getOrCreate()\n"
)
MAIN = "\n\nif __name__ == '__main__':\n    run()\n"


def section(path: str, text: str) -> str:
    tree = Tree.of({path: text})
    return section_of(path, read_python(path, tree), tree)[0]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("job.py", SESSION + MAIN, "spark-job"),
        ("top.py", SESSION + "\nrun()\n", "spark-job"),
        ("session.py", SESSION, "spark"),
        ("schema.py", "from pyspark.sql.types import StructType\n", "spark"),
        ("send.py", "from kafka import KafkaProducer\np = KafkaProducer()\n", "producer"),
        ("send.py", "import confluent_kafka\np = confluent_kafka.Producer({})\n", "producer"),
        ("read.py", "from aiokafka import AIOKafkaConsumer\nc = AIOKafkaConsumer()\n", "consumer"),
        ("both.py", "from kafka import *\na = KafkaConsumer()\nb = KafkaProducer()\n", "streaming"),
        ("order_producer.py", "from kafka import KafkaAdminClient\n", "producer"),
        ("topics.py", "from kafka.admin import NewTopic\n", "streaming"),
        ("extract_funcs.py", "import requests\n", "extract"),
        ("data_loader.py", "import psycopg2\n", "load"),
        ("orders_transform.py", "import pandas as pd\n", "transform"),
        ("scrape_prices.py", "import bs4\n", "etl"),
        ("etl/extract.py", "", "extract"),
        ("etl/loaders/orders.py", "", "load"),
        ("transform/orders.py", "import pandas\n", "transform"),
        ("etl/names.py", "", "etl"),
    ],
)
def test_a_module_is_what_it_does(path: str, text: str, expected: str) -> None:
    assert section(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("load_config.py", "import json\n"),
        ("load_model.py", "import numpy\n"),
        ("load.py", "import random\n"),  # nothing in it handles data
        ("upload.py", ""),
        ("kafka_health_check.py", "from kafka import KafkaProducer\nKafkaProducer()\n"),
        ("config_validator.py", "def check():\n    from kafka import KafkaProducer\n"),
        ("service.py", "def send():\n    from kafka import KafkaProducer\n    KafkaProducer()\n"),
        ("app.py", "import flask\nfrom kafka import KafkaProducer\nKafkaProducer()\n"),
        ("dashboard.py", "import streamlit\nimport pyspark\n" + MAIN),
        ("run_extract.py", "import requests\n"),
        ("etl/__init__.py", ""),
        ("reload.py", "import pandas\n"),
        ("broken.py", "import pyspark\ndef (:\n"),
    ],
)
def test_what_only_looks_like_it_is_of_no_section(path: str, text: str) -> None:
    assert section(path, text) == ""


def test_a_batch_job_says_so_and_reads_no_stream() -> None:
    tree = Tree.of(
        {
            "sales_batch_job.py": SESSION,
            "train.py": SESSION,
            "stream_job.py": SESSION + "\ndef read(spark):\n    return spark.readStream\n",
        }
    )
    assert [path for path in sorted(tree) if is_batch_job(path, tree)] == ["sales_batch_job.py"]


def test_notebooks_that_databricks_exported_begin_with_a_line_that_says_so() -> None:
    tree = Tree.of(
        {
            "a.py": "# Databricks notebook source\nx = 1\n",
            "b.py": "\ufeff# Databricks notebook source\r\n",
            "c.py": "x = 1\n# Databricks notebook source\n",
        }
    )
    assert [path for path in sorted(tree) if is_notebook_source(path, tree)] == ["a.py", "b.py"]


@pytest.mark.parametrize("name", ["run_tests.py", "setup_doctor.py", "tools/validate_dags.py"])
def test_tools_say_that_they_check(name: str) -> None:
    assert is_tool(name)


@pytest.mark.parametrize("name", ["latest.py", "checkout.py", "orders/contest.py"])
def test_other_names_are_no_tools(name: str) -> None:
    assert not is_tool(name)
