"""Units, sections and parts of packages, as the recipe of the monorepo has them."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.ground import Ground
from relayout.planning.territories import find_homes
from relayout.tree import Tree

from .test_territories import MONOREPO


def ground_of(files: dict[str, str]) -> Ground:
    inventory = take_inventory(Tree.of(files))
    return Ground(inventory, MONOREPO, find_homes(inventory, MONOREPO, ""))


@pytest.mark.parametrize(
    ("path", "text", "section", "part"),
    [
        ("s3/client.py", "", "s3", "client.py"),
        ("scripts/s3_upload.py", "", "s3", "s3_upload.py"),
        ("scripts/upload.py", "import boto3\n", "s3", "upload.py"),
        ("scripts/rows.py", "import sqlalchemy.orm\n", "database", "rows.py"),
        ("conf/values.py", "", "config", "values.py"),
        ("utils/dates.py", "", "support", "dates.py"),
        ("services/orders/sync.py", "", "processors", "orders/sync.py"),
        ("monday-boards/get.py", "import boto3\n", "processors", "monday_boards/get.py"),
        ("load.py", "", "processors", "load.py"),
    ],
)
def test_the_section_and_the_part_of_a_file(path: str, text: str, section: str, part: str) -> None:
    ground = ground_of({path: text})
    assert (ground.section(path), ground.part(path)) == (section, part)


@pytest.mark.parametrize(
    ("path", "is_in"),
    [
        ("packages/a/load.py", True),
        ("packages/a/s3/columns.txt", True),
        ("packages/a/setup.py", False),
        ("packages/a/README.md", False),
        ("packages/a/tests/test_load.py", False),
        ("packages/a/scripts/run.sh", False),
    ],
)
def test_what_a_project_has_beside_its_code_is_not_the_package(path: str, is_in: bool) -> None:
    files = ["packages/a/__init__.py", "packages/a/s3/client.py", "packages/a/load.py", path]
    assert ground_of(dict.fromkeys(files, "")).in_package(path) is is_in


@pytest.mark.parametrize(
    ("files", "moving"),
    [
        ({"pyproject.toml": '[project]\nname = "a"\n'}, {"pyproject.toml"}),
        ({"pyproject.toml": '[project]\nname = "a"\n[tool.uv.workspace]\n'}, set()),
        ({"pyproject.toml": '[tool.poetry]\nname = "a"\npackage-mode = false\n'}, set()),
        ({"pyproject.toml": "[tool.ruff]\n"}, set()),
        ({"setup.py": "", "setup.cfg": ""}, {"setup.py", "setup.cfg"}),
        ({"setup.cfg": "[flake8]\n"}, set()),
    ],
)
def test_what_describes_a_package_goes_with_it(files: dict[str, str], moving: set[str]) -> None:
    assert ground_of({**files, "load.py": ""}).project_files == moving
