"""Modules that Python inside of other files imports, where the name can be changed alone."""

from __future__ import annotations

import pytest

from relayout.inventory.references.commandline.embedded_python import imported_modules
from relayout.inventory.references.data.keyed_yaml import around_file
from relayout.tree import Tree

TREE = Tree.of({"utils/load.py": "", "utils/__init__.py": "", "json.py": "", "a.yml": ""})


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from utils.load import main", ["utils.load"]),
        (
            "import sys\nif 1:\n    from utils.load import (\n        main,\n    )\n",
            ["utils.load"],
        ),
        ("  from utils.load import main\n  import utils as u\n", ["utils.load", "utils"]),
        ("import utils.load as load\r\nfrom utils import load\r\n", ["utils.load", "utils"]),
        ("x = {{ inputs.x }}\nfrom utils.load import main", ["utils.load"]),
        ("import utils.load\nutils.load.main()", []),
        ("from .utils.load import main", []),
        ("from json import loads", []),
        ("from pandas import DataFrame", []),
        ("# from utils.load import main", []),
        ("python utils/load.py\nfrom utils.load import main", []),
        ("from utils.load import main\n" + "(" * 5000, []),
    ],
)
def test_an_import_names_a_module(code: str, names: list[str]) -> None:
    found = list(imported_modules(code, around_file("a.yml", "k", TREE)))
    assert [r.text for r in found] == names
    assert all(code[r.start : r.end] == r.text for r in found)
