"""What Dockerfiles are called, and which service that says they are of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import basename, dirname

_NAME = re.compile(
    r"(?:(?P<before>[\w-]+?)[._-])?(?:dockerfile|containerfile)(?:[._-](?P<after>[\w.-]*\w))?",
    re.IGNORECASE,
)
_VARIANTS = frozenset(
    {"dev", "develop", "development", "prod", "production", "test", "tests", "testing", "ci"}
    | {"local", "staging", "stage", "base", "gpu", "cpu", "arm64", "amd64", "slim", "alpine"}
    | {"debug", "build", "builder", "cloud", "release", "old", "bak", "backup", "orig", "new"}
)
"""Words that say which image of a service it is, and not of which service."""
_NO_DOCKERFILE = frozenset(
    {"j2", "jinja", "jinja2", "tmpl", "tpl", "template", "in", "erb", "txt", "sh", "yml", "yaml"}
    | {"json", "py", "md", "dockerignore", "rst", "js", "ts", "go", "j2x", "mustache", "hbs"}
)
"""Endings of what is about Dockerfiles, or makes them."""
_GROUPING = frozenset(
    {"docker", "dockerfiles", "dockerfile", "containers", "container", "images", "image"}
    | {"deploy", "deployment", "infrastructure", "infra", "build", "ops", "devops", "src"}
    | {"services", "apps", "config", "scripts", "tools", "etc", "resources"}
)
"""Folders that hold Dockerfiles of several services."""
_FROM = re.compile(r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(?P<image>\S+)", re.IGNORECASE | re.MULTILINE)
_BASES: tuple[str, ...] = (
    "airflow",
    "spark",
    "kafka",
    "flink",
    "jupyter",
    "superset",
    "metabase",
    "dagster",
)
_BASES += ("prefect", "trino", "postgres", "hive", "hadoop", "nginx", "grafana", "prometheus")
_BASES += ("minio", "dbt", "mlflow", "zookeeper", "debezium")
"""Services whose name their images have in theirs."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a Dockerfile says: its service, if any, and what it is called there."""

    service: str
    file: str


def named(path: str) -> Named | None:
    """Return what the name of a file says as that of a Dockerfile; None if it is none."""
    name = basename(path)
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    after = match["after"] or ""
    words = [word for word in re.split(r"\.", after) if word]
    if words and words[-1].casefold() in _NO_DOCKERFILE:
        return None
    if match["before"]:
        words.insert(0, match["before"])
    variants: list[str] = []
    while words and words[-1].casefold() in _VARIANTS:
        variants.insert(0, words.pop())
    if words and "-" in words[-1] and words[-1].rpartition("-")[2].casefold() in _VARIANTS:
        rest, _, variant = words.pop().rpartition("-")
        words.append(rest)
        variants.insert(0, variant)
    file = "Containerfile" if "containerfile" in name.casefold() else "Dockerfile"
    return Named("-".join(words).casefold(), ".".join([file, *variants]))


def folder_named(path: str) -> str:
    """Return the innermost folder above a Dockerfile that says more than that there are several."""
    folders = [f for f in dirname(path).split("/") if f and f.casefold() not in _GROUPING]
    return folders[-1].casefold() if folders else ""


def of_base(text: str) -> str:
    """Return the known service that an image is made from in its last stage, or empty."""
    images = [match["image"] for match in _FROM.finditer(text)]
    words = re.split(r"[^a-z]+", images[-1].casefold().partition(":")[0]) if images else []
    return next((base for base in _BASES if base in words), "")
