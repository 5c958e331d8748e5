"""What the name of a Dockerfile says of its service."""

from __future__ import annotations

import pytest

from relayout.planning.components.image_names import folder_named, named, of_base


@pytest.mark.parametrize(
    ("path", "service", "file"),
    [
        ("Dockerfile", "", "Dockerfile"),
        ("dockerfile", "", "Dockerfile"),
        ("Containerfile", "", "Containerfile"),
        ("Dockerfile.airflow", "airflow", "Dockerfile"),
        ("Dockerfile-airflow", "airflow", "Dockerfile"),
        ("Dockerfile_Spark", "spark", "Dockerfile"),
        ("spark-worker.Dockerfile", "spark-worker", "Dockerfile"),
        ("docker/Dockerfile.dev", "", "Dockerfile.dev"),
        ("Dockerfile.airflow.prod", "airflow", "Dockerfile.prod"),
        ("Dockerfile.airflow-dev", "airflow", "Dockerfile.dev"),
    ],
)
def test_services_and_variants(path: str, service: str, file: str) -> None:
    found = named(path)
    assert found is not None
    assert (found.service, found.file) == (service, file)


@pytest.mark.parametrize(
    "path",
    [
        "Dockerfile.j2", "Dockerfile.dockerignore", "build-dockerfile.sh", "test_dockerfile.py",
        "docker-compose.yml", "Dockerfile.md", "README.md",
    ],
)  # fmt: skip
def test_what_is_no_dockerfile(path: str) -> None:
    assert named(path) is None


def test_folders_that_only_group_say_nothing() -> None:
    assert folder_named("docker/spark/Dockerfile") == "spark"
    assert folder_named("services/api/docker/Dockerfile") == "api"
    assert folder_named("docker/Dockerfile") == ""


def test_the_last_stage_says_what_the_image_is_made_from() -> None:
    assert of_base("FROM node AS ui\nFROM apache/airflow:2.9\n") == "airflow"
    assert of_base("FROM --platform=linux/amd64 bitnami/spark\n") == "spark"
    assert of_base("FROM python:3.12\n") == ""
    assert of_base("") == ""
