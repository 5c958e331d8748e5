"""What a module is, by what it imports and defines: a Spark job, a producer, a step of an ETL."""

from __future__ import annotations

import re
from collections.abc import Collection
from posixpath import dirname

from relayout.inventory.paths_of_tests import among_tests
from relayout.inventory.python import PythonFile
from relayout.planning.pipeline_parts.names import words_of
from relayout.tree import Tree

KAFKA = frozenset(
    {"confluent_kafka", "kafka", "aiokafka", "faust", "pykafka", "quixstreams", "bytewax"}
    | {"pulsar", "pika", "aio_pika", "nats", "paho", "stomp"}
)
"""Clients of brokers: of Kafka's protocol, and of others that carry events."""

_WEB = frozenset(
    {"fastapi", "flask", "streamlit", "dash", "gradio", "starlette", "bottle", "tornado", "django"}
)
"""A module that serves somebody is an application, whatever it reads or sends besides."""

_DATA = frozenset(
    {"pandas", "polars", "numpy", "pyarrow", "duckdb", "sqlalchemy", "psycopg", "psycopg2"}
    | {"asyncpg", "pymysql", "mysql", "pyodbc", "oracledb", "cx_Oracle", "sqlite3", "csv", "json"}
    | {"requests", "httpx", "aiohttp", "urllib", "urllib3", "boto3", "s3fs", "gcsfs", "google"}
    | {"azure", "snowflake", "pymongo", "redis", "elasticsearch", "cassandra", "clickhouse_driver"}
    | {"clickhouse_connect", "minio", "bs4", "scrapy", "selenium", "openpyxl", "deltalake", "xml"}
    | {"pyspark", "ftplib", "paramiko", "hdfs", "ibis", "dask", "tweepy", "yfinance", "gspread"}
)
"""Libraries that get, hold or store data: what a step of an ETL works with."""

_STEPS = {
    "extract": "extract",
    "extracts": "extract",
    "extractor": "extract",
    "extractors": "extract",
    "extraction": "extract",
    "transform": "transform",
    "transforms": "transform",
    "transformer": "transform",
    "transformers": "transform",
    "transformation": "transform",
    "transformations": "transform",
    "load": "load",
    "loads": "load",
    "loader": "load",
    "loaders": "load",
    "loading": "load",
}
_LIKE_STEPS = frozenset(
    {"etl", "elt", "ingest", "ingestion", "ingestor", "scrape", "scraper", "scraping", "crawler"}
    | {"fetch", "fetcher", "download", "downloader", "clean", "cleaner", "cleaning", "cleansing"}
    | {"preprocess", "preprocessing", "enrich", "enrichment", "aggregate", "aggregation"}
    | {"upload", "uploader", "upsert", "sink"}
)
_NO_STEPS = frozenset(
    {"config", "configs", "configuration", "settings", "env", "dotenv", "model", "models"}
    | {"balancer", "schema", "schemas", "variables", "connections", "fixtures"}
)
"""Words beside which the others say nothing: ``load_config``, ``load_model``."""
_TOOLS = frozenset(
    {"test", "tests", "testing", "validator", "validators", "validate", "validation", "check"}
    | {"checks", "checker", "doctor", "health", "healthcheck", "preflight", "demo", "benchmark"}
    | {"lint", "verify", "diagnose", "debug", "mock", "setup", "troubleshoot"}
)
"""Words of programs for those who work on the repository: they try what others are."""
_RUNNING = frozenset({"run", "start", "trigger", "launch"})
"""First words of programs that run a step which is elsewhere."""
_ETL_FOLDERS = frozenset({"etl", "elt", "etls", "etl_scripts", "etl_functions", "etl_pipeline"})

_PRODUCES = re.compile(rb"\b\w*(?:Producer|Publisher)\s*\(|\.(?:produce|basic_publish)\s*\(")
_CONSUMES = re.compile(rb"\b\w*(?:Consumer|Subscriber)\s*\(|\.(?:basic_consume|subscribe)\s*\(")
_SESSION = re.compile(
    rb"SparkSession\s*(?:\\\s*)?\.\s*(?:\\\s*)?builder|\bSparkContext\s*\(|\.getOrCreate\s*\("
)
_NOTEBOOK = b"# Databricks notebook source"
"""The first line of a notebook that Databricks exports as a module
(https://docs.databricks.com/aws/en/notebooks/notebook-export-import)."""
_BATCH = frozenset(
    {"batch", "etl", "elt", "job", "jobs", "process", "processing", "processor", "pipeline"}
    | {"transform", "transformation", "aggregate", "aggregation", "main", "spark"}
)
_STREAM = re.compile(rb"\.readStream\b|\.writeStream\b|\bStreamingContext\s*\(")


def imported_tops(file: PythonFile) -> frozenset[str]:
    """Return the first parts of the names that a module imports absolutely, as a whole.

    What a function imports for itself alone does not say what the module is.
    """
    return frozenset(
        module.partition(".")[0]
        for s in file.statements
        if not s.level and not s.column
        for module in s.modules
    )


def section_of(path: str, file: PythonFile, tree: Tree) -> tuple[str, str]:
    """Return which section a module is of, and what shows it; empty for one that says nothing.

    Modules with DAGs are known otherwise.
    """
    tops = imported_tops(file)
    if tops & _WEB or is_tool(path):
        return "", ""
    content = tree.read(path)
    for found in (_of_spark(content, tops, file), _of_broker(path, content, tops)):
        if found[0]:
            return found
    return _of_etl(path, file, tops)


def is_tool(path: str) -> bool:
    """Tell whether a module's name says that it tries or checks what others are."""
    return not _TOOLS.isdisjoint(_stem_words(path))


def is_of_tests(path: str) -> bool:
    """Tell whether a file stands in a folder of tests."""
    return among_tests(dirname(path).casefold())


def is_batch_job(path: str, tree: Tree) -> bool:
    """Tell whether a Spark job is one that says batch of itself, and reads no stream."""
    return not _BATCH.isdisjoint(_stem_words(path)) and _STREAM.search(tree.read(path)) is None


def says_step(path: str) -> bool:
    """Tell whether a module's own name says that it extracts, transforms or loads."""
    return not _STEPS.keys().isdisjoint(_stem_words(path))


def is_notebook_source(path: str, tree: Tree) -> bool:
    """Tell whether a module is a notebook that was exported as source."""
    return tree.read(path).removeprefix(b"\xef\xbb\xbf").startswith(_NOTEBOOK)


def _of_spark(content: bytes, tops: Collection[str], file: PythonFile) -> tuple[str, str]:
    if "pyspark" not in tops and "delta" not in tops:
        return "", ""
    if file.is_script or (file.acts and _SESSION.search(content)):
        return "spark-job", "it is a program that works with Spark"
    return "spark", "it works with Spark"


def _of_broker(path: str, content: bytes, tops: Collection[str]) -> tuple[str, str]:
    client = min(KAFKA.intersection(tops), default="")
    if not client:
        return "", ""
    produces, consumes = bool(_PRODUCES.search(content)), bool(_CONSUMES.search(content))
    if produces == consumes:
        words = set(_stem_words(path))
        produces = bool(words & {"producer", "producers", "publisher", "produce"})
        consumes = bool(words & {"consumer", "consumers", "subscriber", "consume"})
    if produces != consumes:
        section, does = ("producer", "sends") if produces else ("consumer", "reads")
        return section, f"it {does} events with {client}"
    return "streaming", f"it works with {client}"


def _of_etl(path: str, file: PythonFile, tops: Collection[str]) -> tuple[str, str]:
    folders, _, name = path.rpartition("/")
    stem = _stem_words(path)
    if not _NO_STEPS.isdisjoint(stem) or not _RUNNING.isdisjoint(stem[:1]):
        return "", ""
    steps = {_STEPS[word] for word in stem if word in _STEPS}
    above = [folder.casefold() for folder in folders.split("/") if folder]
    in_etl = any(folder in _ETL_FOLDERS or folder in _STEPS for folder in above)
    if len(steps) == 1 and (in_etl or _handles_data(file, tops)):
        (step,) = steps
        return step, f"its name says {step}"
    if in_etl and name != "__init__.py":
        of_folder = {_STEPS[folder] for folder in above if folder in _STEPS}
        said = of_folder.pop() if len(of_folder) == 1 and not steps else "etl"
        return said, f"it stands in {folders}/"
    if (steps or not _LIKE_STEPS.isdisjoint(stem)) and _handles_data(file, tops):
        return "etl", "its name says a step of an ETL"
    return "", ""


def _handles_data(file: PythonFile, tops: Collection[str]) -> bool:
    says_so = (not _STEPS.keys().isdisjoint(words_of(name)[:1]) for name in file.defines)
    return not _DATA.isdisjoint(tops) or any(says_so)


def _stem_words(path: str) -> tuple[str, ...]:
    """Return the words of a module's own name."""
    return words_of(path.rpartition("/")[2].removesuffix(".py"))
