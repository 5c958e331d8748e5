"""Where a project's packages lie is what its build settings say."""

from __future__ import annotations

import pytest

from relayout.conversions.source_folders import source_folders
from relayout.inventory.setup_script import read_setups
from relayout.tree import Tree


@pytest.mark.parametrize(
    ("project", "folders"),
    [
        ('[tool.setuptools]\npackage-dir = {"" = "lib"}\n', ["lib"]),
        ('[tool.setuptools.packages.find]\nwhere = ["lib", "./more/"]\n', ["lib", "more"]),
        ('[tool.hatch.build.targets.wheel]\npackages = ["lib/shop", "tools"]\n', ["lib"]),
        ('[tool.hatch.build.targets.wheel]\nsources = ["lib"]\n', ["lib"]),
        ('[tool.poetry]\npackages = [{ include = "shop", from = "lib" }, "x"]\n', ["lib"]),
        ('[tool.setuptools.packages.find]\nwhere = ["/etc", "../x", "."]\n', []),
        ("[tool.setuptools]\npackage-dir = 3\npackages = 3\n", []),
        ("[tool.hatch.build]\ntargets = 3\npackages = [3]\n", []),
        ("[tool\n", []),
        ("", []),
    ],
)
def test_folders_of_a_project(project: str, folders: list[str]) -> None:
    assert source_folders(project, ()) == folders


def test_the_folder_of_setup_py_is_one_of_them() -> None:
    script = "from setuptools import setup\nsetup(package_dir={'': 'lib'})\n"
    assert source_folders("", read_setups(Tree.of({"setup.py": script}))) == ["lib"]
