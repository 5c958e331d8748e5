"""Dockerfiles: container paths are led back to folders by COPY and WORKDIR."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import entries, started


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("WORKDIR /app\nCOPY . .\nENV PYTHONPATH=/app/lib", [(4, ("lib",), "")]),
        ("WORKDIR /app\nENV PYTHONPATH=/app/lib\nCOPY . .", [(3, ("lib",), "")]),
        ("COPY . /app\nENV PYTHONPATH /app:/app/lib", [(3, ("", "lib"), "")]),
        (
            'COPY . /app/\nENV A=1 \\\n    PYTHONPATH="/app/lib:${PYTHONPATH}" B=2',
            [(3, ("lib",), "")],
        ),
        ("COPY . /app\nWORKDIR /app\nENV PYTHONPATH=lib", [(4, ("lib",), "")]),
        (
            "ARG HOME=/srv\nENV APP=$HOME/app\nCOPY lib $APP/lib\nENV PYTHONPATH=${APP}/lib",
            [(5, ("lib",), "lib")],
        ),
        ("COPY lib /x\nENV PYTHONPATH=/x", [(3, ("lib",), "lib")]),
        ('COPY ["lib", "/x"]\nENV PYTHONPATH=/x', [(3, ("lib",), "lib")]),
        (
            "COPY --chown=a:b lib jobs/ /x/\nENV PYTHONPATH=/x",
            [(3, ("jobs", "lib"), "jobs"), (3, ("jobs", "lib"), "lib")],
        ),
        (
            "COPY lib /app/lib\nCOPY jobs /app/jobs\nENV PYTHONPATH=/app",
            [(4, ("",), "jobs"), (4, ("",), "lib")],
        ),
        (
            "COPY services/orders/app/main.py /app/\nENV PYTHONPATH=/app",
            [(3, ("services/orders/app",), "services/orders/app/main.py")],
        ),
        ("COPY . /app\nENV PYTHONPATH=/opt/spark/python", []),
        ("COPY . /app\nENV PYTHONPATH=$SPARK_HOME/python:/app/lib", [(3, ("lib",), "")]),
        ("COPY . /app\nARG PYTHONPATH=/app/lib", []),
        ("# ENV PYTHONPATH=/app", []),
    ],
)
def test_what_an_image_puts_on_the_search_path(body: str, expected: list[object]) -> None:
    assert entries("Dockerfile", f"FROM python:3.12\n{body}\n") == expected


def test_stages_take_over_what_they_are_built_from() -> None:
    text = """\
FROM python:3.12 AS base
WORKDIR /app
COPY lib ./lib
FROM base
ENV PYTHONPATH=/app/lib
FROM python:3.12-slim
COPY --from=base /app /srv
ENV PYTHONPATH=/srv/lib
"""
    assert entries("Dockerfile", text) == [(5, ("lib",), "lib"), (8, ("lib",), "lib")]


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("services/orders/Dockerfile", ".", "services/orders/core"),
        ("services/orders/Dockerfile", "core", "services/orders/core"),
        ("services/orders/Dockerfile", "services/orders", "services/orders/core"),
        ("docker/Dockerfile", "services/orders", "services/orders/core"),
    ],
)
def test_the_context_is_the_folder_that_has_what_is_copied(
    path: str, source: str, expected: str
) -> None:
    place = "/app/core" if source == "core" else "/app"
    text = f"FROM python:3.12\nCOPY {source} {place}\nENV PYTHONPATH=/app/core\n"
    assert [folders for _, folders, _ in entries(path, text)] == [(expected,)]


def test_what_an_image_starts() -> None:
    text = (
        'FROM python:3.12\nWORKDIR /app\nCOPY services/orders .\nCMD ["python", "-m", "app.main"]\n'
    )
    main = "services/orders/app/main.py"
    assert started("Dockerfile", text) == [(4, main, ("services/orders",))]
    text = text.replace('"-m", "app.main"', '"app/main.py"')
    assert started("Dockerfile", text) == [(4, main, ("services/orders/app",))]
