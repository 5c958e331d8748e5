"""What is known of an image by its name and tag."""

from __future__ import annotations

import pytest

from relayout.rewriting.image_bases import base_of, named_base, python_of


@pytest.mark.parametrize(
    ("image", "python"),
    [
        ("python:3.12-slim", (3, 12)),
        ("docker.io/library/python:3.9.18", (3, 9)),
        ("python:slim", (3, 99)),
        ("python", (3, 99)),
        ("apache/airflow:2.9.2-python3.11", (3, 11)),
        ("apache/airflow:2.2.5", (3, 6)),
        ("apache/airflow:2.6.1", (3, 7)),
        ("apache/airflow:2.8.0", (3, 8)),
        ("apache/airflow:2.10.4", (3, 12)),
        ("apache/airflow:3.0.0", (3, 12)),
        ("apache/airflow:latest", (3, 99)),
        ("${AIRFLOW_IMAGE_NAME:-apache/airflow:2.9.2}", (3, 12)),
        ("ghcr.io/sales/jobs:py-python3.10", (3, 10)),
        ("bitnami/spark:3.5.0", None),
        ("registry.example.org:5000/jobs", None),
    ],
)
def test_the_python_of_an_image(image: str, python: tuple[int, int] | None) -> None:
    assert python_of(named_base(image)) == python


def test_a_variable_without_a_default_cannot_be_told() -> None:
    assert named_base("$IMAGE") is None
    assert python_of(None) is None


def test_stages_and_arguments_lead_to_the_base() -> None:
    text = "ARG V=3.11\nFROM python:${V}-slim AS base\nFROM node AS ui\nFROM base\n"
    base = base_of(text)
    assert base is not None
    assert (base.name, base.tag, base.user) == ("python", "3.11-slim", "root")
    assert base_of("COPY a b\n") is None
