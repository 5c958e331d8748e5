"""Settings that follow what they name stay so when ``pyproject.toml`` is merged."""

from __future__ import annotations

import tomlkit

from migrations import SRC_LAYOUT, checks_of, text_after
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.rendering import Rendering
from relayout.tree import Tree

TEMPLATE = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "pipelines"
version = "0.1.0"
dependencies = []

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = ["-ra"]

[tool.coverage.run]
source = ["pipelines"]
branch = true
"""
OWN = """\
[project]
name = "shop"
dynamic = ["version"]

[project.scripts]
shop-load = "etl.load:main"

[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[tool.setuptools]
packages = ["etl"]

[tool.setuptools.dynamic]
version = { attr = "etl.load.VERSION" }

[tool.pytest.ini_options]
testpaths = ["tests", "etl"] # both

[tool.coverage.run]
source = [ "etl" ]
omit = ["etl/load.py"]

[tool.poe.tasks]
load = "python etl/load.py"
"""
FILES = {
    "nightly.sh": "python etl/load.py\n",
    "etl/load.py": "VERSION = '1.0'\n\n\ndef main():\n    print(1)\n",
    "tests/test_load.py": "from etl import load\n",
    "pyproject.toml": OWN,
    "setup.cfg": "[flake8]\nper-file-ignores = etl/load.py:E501\n",
}


def adopted() -> Migration:
    rendering = Rendering({"pyproject.toml": TEMPLATE.encode()}, frozenset())
    return migrate(Tree.of(FILES), SRC_LAYOUT, Options("src-layout"), lambda plan: rendering)


def test_the_merged_settings_name_where_things_are() -> None:
    tool = tomlkit.parse(text_after(adopted(), "pyproject.toml")).unwrap()["tool"]
    assert tool["pytest"]["ini_options"] == {
        "testpaths": ["tests", "src/pipelines/etl"],
        "addopts": ["-ra"],
    }
    assert tool["coverage"]["run"]["source"] == ["src/pipelines/etl"]
    assert tool["coverage"]["run"]["omit"] == ["src/pipelines/etl/load.py"]
    assert tool["poe"]["tasks"]["load"] == "python -m pipelines.etl.load"
    assert tool["setuptools"]["dynamic"]["version"] == {"attr": "pipelines.etl.load.VERSION"}


def test_entry_points_and_packages_are_wired_as_ever() -> None:
    document = tomlkit.parse(text_after(adopted(), "pyproject.toml")).unwrap()
    assert document["project"]["scripts"]["shop-load"] == "pipelines.etl.load:main"
    assert document["tool"]["setuptools"]["packages"] == {"find": {"where": ["src"]}}


def test_every_reference_resolves_in_the_result() -> None:
    check = checks_of(adopted())["references-resolve"]
    assert check.passed
    assert check.figures["references"] == {"pyproject.toml": 3, "setup.cfg": 1, "shell": 1}


def test_comments_stay() -> None:
    assert '"src/pipelines/etl"] # both' in text_after(adopted(), "pyproject.toml")
