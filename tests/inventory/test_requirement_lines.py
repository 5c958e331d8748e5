"""A line of a requirements file is what pip reads: a URL, a path, or a requirement by name."""

from __future__ import annotations

import pytest

from relayout.inventory.requirement_lines import is_the_project, read_line, without_comment
from relayout.tree import Tree

TREE = Tree.of(
    {
        "libs/kit/setup.py": "from setuptools import setup\nsetup(name='Shop-Kit')\n",
        "libs/poet/pyproject.toml": "[tool.poetry]\nname = 'poet'\n",
        "libs/plain/a.py": "",
        "wheels/tidy-1.0-py3-none-any.whl": b"",
        "requirements/local/setup.cfg": "[metadata]\nname = near\n",
    }
)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("pandas>=2", "pandas>=2"),
        ("pandas[excel] >= 2 ; python_version < '3.12'",) * 2,
        ("psycopg2 --no-binary psycopg2", "psycopg2"),
        ("a==1 --hash=sha256:aa --hash=sha256:bb", "a==1"),
        ("a==1 --config-settings=x=y", "a==1"),
        ("a @ git+https://host/a.git@v1",) * 2,
        ("git+https://host/a.git#egg=a", "a @ git+https://host/a.git"),
        (
            "-e git+ssh://git@host/a.git@main#egg=a[x,y]&subdirectory=lib",
            "a[x,y] @ git+ssh://git@host/a.git@main#subdirectory=lib",
        ),
        ("--editable=hg+https://host/a#egg=a", "a @ hg+https://host/a"),
        ("https://host/a-1.0-py3-none-any.whl", "a @ https://host/a-1.0-py3-none-any.whl"),
        (
            "https://host/a-1.0-py3-none-any.whl ; sys_platform == 'win32'",
            "a @ https://host/a-1.0-py3-none-any.whl ; sys_platform == 'win32'",
        ),
    ],
)
def test_what_stands_for_a_requirement(line: str, text: str) -> None:
    found = read_line(TREE, line, "requirements.txt", 3, "dev")
    assert (found.text, found.problem, found.path) == (text, "", "")
    assert (found.file, found.line, found.group) == ("requirements.txt", 3, "dev")


@pytest.mark.parametrize(
    ("line", "text", "path", "is_editable"),
    [
        ("-e ./libs/kit", "Shop-Kit", "libs/kit", True),
        ("-e libs/kit[fast]", "Shop-Kit[fast]", "libs/kit", True),
        ("-e./libs/kit", "Shop-Kit", "libs/kit", True),
        ("./libs/poet ; python_version > '3'", "poet; python_version > '3'", "libs/poet", False),
        ("libs/poet", "poet", "libs/poet", False),
        ("./wheels/tidy-1.0-py3-none-any.whl", "tidy", "wheels/tidy-1.0-py3-none-any.whl", False),
        ("-e ./local", "near", "requirements/local", True),
    ],
)
def test_a_path_is_the_project_that_is_there(
    line: str, text: str, path: str, is_editable: bool
) -> None:
    found = read_line(TREE, line, "requirements/base.txt", 1, "")
    assert (found.text, found.path, found.is_editable) == (text, path, is_editable)
    assert not found.problem


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("--extra-index-url https://host", "option of pip's"),
        ("-f wheels", "option of pip's"),
        ("git+https://host/a.git", "#egg=NAME"),
        ("git+https://host/a.git#egg=a==1", "#egg=NAME"),
        ("git+https://host/a.git#egg=", "#egg=NAME"),
        ("https://host/archive/main.zip", "#egg=NAME"),
        ("a @ git+https://${TOKEN}@host/a", "variable of the environment"),
        ("a @ file:///croot/a_1/work", "path of the machine"),
        ("-e ../shared", "git has no file"),
        ("-e ./libs/plain", "does not say its name"),
        ("-e .[dev]", "extras of the project itself"),
        ("pandas=2", "PEP 508"),
        ("pandas >= two", "PEP 508"),
        ("=======", "PEP 508"),
        ("-e", "option of pip's"),
        ("@", "PEP 508"),
        ("[", "PEP 508"),
        ("a" * 100_000 + "[", "PEP 508"),
    ],
)
def test_what_a_pyproject_cannot_hold_has_a_reason(line: str, problem: str) -> None:
    assert problem in read_line(TREE, line, "requirements.txt", 1, "").problem


@pytest.mark.parametrize(
    ("line", "is_project"),
    [("-e .", True), (".", True), ("./", True), ("-e ./a", False), ("--editable .", True)],
)
def test_the_project_itself(line: str, is_project: bool) -> None:
    assert is_the_project(line) is is_project


def test_a_comment_begins_after_a_blank() -> None:
    assert without_comment("a @ https://host/a#sha256=1 # why") == "a @ https://host/a#sha256=1"
    assert without_comment("# only") == ""
