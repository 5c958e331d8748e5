"""What a repository requires of a distribution, in whichever words."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement

from relayout.conversions.django.found_requirements import found_requirement
from relayout.inventory import take_inventory
from relayout.tree import Tree


def required(files: dict[str, str], name: str = "django", folder: str = "") -> str:
    return found_requirement(take_inventory(Tree.of(files)), folder, name)


def poetry(line: str) -> dict[str, str]:
    return {"pyproject.toml": f"[tool.poetry.dependencies]\npython = '^3.10'\n{line}\n"}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "django"),
        ({"requirements.txt": "requests\nDjango~=4.2 ; python_version > '3.9'\n"},
         "Django~=4.2 ; python_version > '3.9'"),
        ({"requirements/base.txt": "django==4.2.1  # the one\n"}, "django==4.2.1"),
        ({"pyproject.toml": "[project]\ndependencies = ['Django[argon2]>=4']\n"},
         "Django[argon2]>=4"),
        ({"pyproject.toml": "[project.optional-dependencies]\ndb = ['django<6']\n"}, "django<6"),
        (poetry("django = '^4.2'"), "django>=4.2,<5"),
        (poetry("django = '^0.2.3'"), "django>=0.2.3,<0.3"),
        (poetry("django = '~4.2.1'"), "django>=4.2.1,<4.3"),
        (poetry("django = '~4'"), "django>=4,<5"),
        (poetry("django = '4.2.27'"), "django==4.2.27"),
        (poetry("django = '>=4.2, <6'"), "django>=4.2,<6"),
        (poetry("django = '*'"), "django"),
        (poetry("Django = {version = '^5.0', extras = ['bcrypt']}"), "Django[bcrypt]>=5.0,<6"),
        (poetry("django = '^4 || ^5'"), "django"),
        (poetry("django = ['x']"), "django"),
        (poetry("django = {path = '../django'}"), "django"),
        (poetry("django = 'what?'"), "django"),
        ({"pyproject.toml": "not toml ["}, "django"),
        ({"pyproject.toml": "[project]\ndependencies = 'django'\n"}, "django"),
        ({"pyproject.toml": "[tool]\npoetry = 3\n"}, "django"),
    ],
)  # fmt: skip
def test_bounds_are_those_of_the_repository(files: dict[str, str], found: str) -> None:
    assert required(files) == found
    Requirement(found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('etl-schema = { git = "git@git.example.org:etl/schema.git" }',
         "etl-schema @ git+ssh://git@git.example.org/etl/schema.git"),
        ('etl_schema = { git = "https://example.org/s.git", branch = "main" }',
         "etl_schema @ git+https://example.org/s.git@main"),
        ('etl-schema = { git = "https://example.org/s.git", rev = "a1", subdirectory = "py" }',
         "etl-schema @ git+https://example.org/s.git@a1#subdirectory=py"),
        ('etl-schema = { url = "https://example.org/s.whl" }',
         "etl-schema @ https://example.org/s.whl"),
    ],
)  # fmt: skip
def test_a_private_package_keeps_its_address(line: str, found: str) -> None:
    assert required(poetry(line), "etl-schema") == found
    Requirement(found)


def test_the_nearest_project_counts_most() -> None:
    files = {
        "pyproject.toml": "[project]\ndependencies = ['django>=3']\n",
        "packages/a/pyproject.toml": "[project]\ndependencies = ['django>=4']\n",
        "packages/b/pyproject.toml": "[project]\ndependencies = ['requests']\n",
        "requirements.txt": "django>=5\n",
    }
    assert required(files, folder="packages/a/web") == "django>=4"
    assert required(files, folder="packages/b") == "django>=3"
    del files["pyproject.toml"]
    assert required(files, folder="packages/b") == "django>=4"


def test_groups_of_poetry_count_too() -> None:
    files = {"pyproject.toml": "[tool.poetry.group.web.dependencies]\ndjango = '^5.1'\n"}
    assert required(files) == "django>=5.1,<6"
