"""How a part of a module is imported by the others."""

from __future__ import annotations

import pytest

from relayout.conversions.splitting.spelled import prefix_beside
from relayout.inventory import take_inventory
from relayout.tree import Tree

MAIN = "if __name__ == '__main__':\n    print(1)\n"


@pytest.mark.parametrize(
    ("files", "prefix"),
    [
        ({"p/__init__.py": "", "p/d/__init__.py": "", "p/d/jobs.py": ""}, "."),
        ({"d/jobs.py": "from .x import a\n"}, "."),
        ({"d/jobs.py": ""}, ""),
        ({"d/jobs.py": "from x import a\n", "d/x.py": "a = 1\n"}, ""),
        ({"d/jobs.py": "", "main.py": "from d.jobs import a\n"}, "d."),
        ({"d/jobs.py": "", "main.py": "from d import jobs\n"}, "d."),
        ({"p/__init__.py": "", "p/d/__init__.py": "", "p/d/jobs.py": MAIN}, "p.d."),
        ({"my-p/__init__.py": "", "my-p/jobs.py": MAIN}, ""),
    ],
)
def test_prefix(files: dict[str, str], prefix: str) -> None:
    path = next(path for path in files if path.endswith("jobs.py"))
    assert prefix_beside(take_inventory(Tree.of(files)), path) == prefix


def test_a_file_that_is_started_names_the_package() -> None:
    files = {"Makefile": "run:\n\tdagster dev -f p/jobs.py\n", "p/__init__.py": "", "p/jobs.py": ""}
    assert prefix_beside(take_inventory(Tree.of(files)), "p/jobs.py") == "p."
