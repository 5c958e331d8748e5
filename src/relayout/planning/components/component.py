"""What a file is in a layout of components: a DAG, a Spark job, a producer, infrastructure."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = (
    "dags",
    "airflow",
    "spark-job",
    "spark",
    "producer",
    "consumer",
    "streaming",
    "extract",
    "transform",
    "load",
    "etl",
    "code",
    "notebooks",
    "infrastructure",
    "docker",
    "database",
    "requirements",
    "scripts",
    "tools",
    "unit-tests",
    "integration-tests",
    "service",
)

COMPONENT_OF = {
    "dags": "orchestration",
    "airflow": "orchestration",
    "spark-job": "spark",
    "spark": "spark",
    "producer": "streaming",
    "consumer": "streaming",
    "streaming": "streaming",
    "extract": "etl",
    "transform": "etl",
    "load": "etl",
    "etl": "etl",
}
"""The component of the package, or beside it, that a section is a part of."""


@dataclass(frozen=True, slots=True)
class Component:
    """The component that a file is of, and what shows it.

    ``section`` is one of :data:`SECTIONS`: what belongs to a ``service`` stays where it is.
    ``inner`` is the path below the folder of the section. What has the same ``group`` stays
    together.
    """

    section: str
    inner: str
    because: str
    group: str = ""
