"""An image comes to install the package behind what it copies, as the user who installs there."""

from __future__ import annotations

import pytest

from relayout.planning.homes import Home
from relayout.rewriting.image_installation import Installation, installation
from relayout.source import apply_edits
from relayout.tree import Tree

HOME = Home("sales")
COMMENT = "# Code finds the package because it is installed."
COPIED = "COPY pyproject.toml README* LICENSE* {0}/\nCOPY src {0}/src\n"


def made(text: str, ignored: str = "", context: str = "") -> str:
    """Return the Dockerfile with the package installed, or why it is not."""
    tree = Tree.of({"etl/a.py": "", "src/sales/x.py": "", ".dockerignore": ignored})
    found = installation(text, context, tree, HOME, (3, 11))
    return apply_edits(text, [found.edit]) if isinstance(found, Installation) else found


def added(text: str) -> list[str]:
    """Return the lines that an image gets, each with the line that it stands behind."""
    before, after = text.splitlines(), made(text).splitlines()
    return [line for line in after if line not in before and not line.startswith("#") and line]


def test_an_image_that_has_all_of_the_repository() -> None:
    text = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD bash\n"
    assert made(text) == text.replace(
        "CMD",
        "\n# Code finds the package because it is installed.\n"
        "RUN pip install --no-cache-dir --no-deps --editable /app\nCMD",
    )


def test_an_image_with_parts_gets_the_package_beside_them() -> None:
    text = "FROM python:3.12\nWORKDIR /app\nCOPY etl ./etl\n"
    assert "\n".join(added(text)).startswith(COPIED.format("/app"))
    text = "FROM python:3.12\nCOPY etl /jobs\n"
    assert "\n".join(added(text)).startswith(COPIED.format("/opt/sales"))


@pytest.mark.parametrize(
    ("install", "installer"),
    [
        ("pip3 install -r x.txt", "pip3 install --no-cache-dir"),
        ("python -m pip install --upgrade pip", "python -m pip install --no-cache-dir"),
        ("/venv/bin/pip install x", "/venv/bin/pip install --no-cache-dir"),
        ("uv pip install --system x", "uv pip install --system --no-cache"),
        ("apt-get update && pip install x", "pip install --no-cache-dir"),
    ],
)
def test_the_same_installer(install: str, installer: str) -> None:
    [line] = added(f"FROM python:3.12\nRUN {install}\nCOPY . /app\n")
    assert line == f"RUN {installer} --no-deps --editable /app"


def test_the_same_user() -> None:
    text = "FROM python:3.12\nUSER root\nRUN pip install x\nUSER app\nCOPY . /app\nCMD bash\n"
    assert made(text).splitlines()[-5:] == [
        "# Code finds the package because it is installed.",
        "USER root",
        "RUN pip install --no-cache-dir --no-deps --editable /app",
        "USER app",
        "CMD bash",
    ]
    text = "FROM apache/airflow:2.10.0\nUSER root\nRUN apt-get update\nCOPY . /app\nUSER airflow\n"
    assert "USER airflow\nRUN pip install" in made(text)
    assert made(text).count("USER root") == 2


def test_it_stands_in_the_last_stage_and_behind_here_documents() -> None:
    text = (
        "FROM node AS ui\nRUN npm i\nFROM python:3.12\nCOPY . /app\nRUN <<EOF\npip install x\nEOF\n"
    )
    last = "RUN pip install --no-cache-dir --no-deps --editable /app"
    assert made(text).splitlines()[-4:-1] == ["EOF", "", COMMENT]
    assert made(text).splitlines()[-1] == last


def test_line_ends_and_a_missing_one_are_kept() -> None:
    assert "\n" not in made("FROM python:3.12\r\nCOPY . /app\r\n").replace("\r\n", "")
    assert made("FROM python:3.12\nCOPY . /app").endswith("--editable /app")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FROM python:3.9\nCOPY . /app\n", "its Python is 3.9, and the package needs 3.11"),
        ("FROM apache/airflow:2.6.1\nCOPY . /a\n", "its Python is 3.7, and the package needs 3.11"),
        ("FROM debian:12\nRUN pip install x\nCOPY . /a\n", "it is not known whether its Python is"),
        ("ARG TAG\nFROM python:$TAG\nCOPY . /app\n", "it is not known whether its Python is"),
        ("", "it is not known whether its Python is"),
    ],
)
def test_what_is_not_sure_to_work(text: str, reason: str) -> None:
    assert made(text).startswith(reason)


def test_what_an_image_cannot_have() -> None:
    text = "FROM python:3.12\nCOPY . /app\n"
    assert made(text, "src\n") == ".dockerignore leaves out src"
    assert made(text, context="etl").startswith("it is built from etl")
