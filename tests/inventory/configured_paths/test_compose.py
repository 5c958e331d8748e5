"""Compose files: builds, mounts, both forms of environment."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import configuration, entries, started


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("volumes: ['./:/app']\n    environment: {PYTHONPATH: /app/lib}", ("lib",)),
        (
            "volumes: ['.:/app:ro']\n    environment: ['A=1', 'PYTHONPATH=/app:/app/lib']",
            ("", "lib"),
        ),
        (
            "volumes: [{type: bind, source: ./lib, target: /x}]\n    environment: {PYTHONPATH: /x}",
            ("lib",),
        ),
        (
            "working_dir: /app\n    volumes: ['.:/app']\n    environment: {PYTHONPATH: ./lib}",
            ("lib",),
        ),
        (
            "volumes: ['${PWD}/lib:/x']\n    environment: {PYTHONPATH: '/x:$${PYTHONPATH}'}",
            ("lib",),
        ),
    ],
)
def test_what_a_service_puts_on_the_search_path(service: str, expected: tuple[str, ...]) -> None:
    text = f"services:\n  a:\n    image: python\n    {service}\n"
    assert [folders for _, folders, _ in entries("docker-compose.yml", text)] == [expected]


@pytest.mark.parametrize(
    "service",
    [
        "environment: {PYTHONPATH: /opt/code}",
        "volumes: ['data:/app']\n    environment: {PYTHONPATH: /app/lib}",
        "volumes: ['/host:/app']\n    environment: {PYTHONPATH: /app/lib}",
        "environment: {PATH: /app}",
    ],
)
def test_what_leads_out_of_the_repository_is_left_out(service: str) -> None:
    text = f"services:\n  a:\n    image: python\n    {service}\n"
    assert entries("compose.yaml", text) == []


def test_a_mapping_that_is_merged_in() -> None:
    text = """\
x-common: &common
  volumes: ['./:/app']
  environment: &env
    A: 1
    PYTHONPATH: /app/lib
services:
  a:
    <<: *common
  b:
    volumes: ['./:/app']
    environment:
      <<: *env
      B: 2
"""
    assert entries("docker-compose.yml", text) == [(5, ("lib",), "")]


def test_a_service_is_built_with_its_own_context() -> None:
    text = "services:\n  a:\n    build: {context: services/orders, dockerfile: ../../Dockerfile}\n"
    dockerfile = "FROM python:3.12\nCOPY . /app\nENV PYTHONPATH=/app/core\n"
    found = configuration("docker-compose.yml", text, Dockerfile=dockerfile).paths
    assert [(e.file, e.folders, e.covers) for e in found] == [
        ("Dockerfile", ("services/orders/core",), "services/orders")
    ]


def test_a_mounted_folder_lies_over_what_was_copied() -> None:
    text = (
        "services:\n  a:\n"
        "    build: .\n    volumes: ['./services/orders:/app']\n    command: python app/main.py\n"
    )
    dockerfile = "FROM python:3.12\nWORKDIR /app\nCOPY lib /app\n"
    found = configuration("docker-compose.yml", text, Dockerfile=dockerfile)
    assert [run.path for run in found.runs] == ["services/orders/app/main.py"]


def test_of_an_environment_file_the_one_line_counts() -> None:
    text = "services:\n  a:\n    volumes: ['./:/app']\n    env_file: [conf/app.env]\n"
    others = {"conf/app.env": "SECRET=x\nPYTHONPATH=/app/lib\n"}
    found = configuration("docker-compose.yml", text, **others).paths
    assert [(e.file, e.line, e.folders) for e in found] == [("conf/app.env", 2, ("lib",))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "services:\n",
        "services: [a]\n",
        "services: {a: 1}\n",
        "a: [\n",
        "services: {a: {build: 3}}\n",
    ],
)
def test_malformed_files_say_nothing(text: str) -> None:
    assert entries("docker-compose.yml", text) == []


def test_what_a_service_starts() -> None:
    text = (
        "services:\n  a:\n"
        "    volumes: ['./services/orders:/app']\n    working_dir: /app\n"
        "    command: ['python', '-m', 'app.main']\n"
    )
    assert started("docker-compose.yml", text) == [
        (5, "services/orders/app/main.py", ("services/orders",))
    ]
