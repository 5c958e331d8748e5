"""A name of a package: its submodule, or what the package binds itself."""

from __future__ import annotations

from textwrap import dedent

import pytest

from relayout.inventory.package_names import hides_submodule
from relayout.inventory.python import ImportedName, read_python
from relayout.tree import Tree

PACKAGE = "shop/__init__.py"


def hidden(text: str, line: int, importer: str = PACKAGE) -> bool:
    tree = Tree.of({PACKAGE: dedent(text), "shop/resources.py": ""})
    name = ImportedName("", 1, "resources", line)
    return hides_submodule(read_python(PACKAGE, tree), name, importer)


@pytest.mark.parametrize(
    "statement",
    [
        "from . import resources",
        "from . import resources as res",
        "from shop import resources as res",
    ],
)
def test_what_the_package_binds_further_down_is_not_there_yet(statement: str) -> None:
    assert not hidden(f"{statement}\nresources = make(res)\n", 1)


def test_other_files_get_what_the_package_binds() -> None:
    text = "from . import resources as res\nresources = make(res)\n"
    assert hidden(text, 1, importer="shop/jobs.py")


def test_a_function_of_the_package_gets_what_the_package_binds() -> None:
    text = """\
        resources = make()

        def later():
            from . import resources as res
            return res
        """
    assert hidden(text, 4)


def test_a_package_that_binds_nothing_of_the_name_hides_nothing() -> None:
    assert not hidden("from .resources import make\n", 1, importer="shop/jobs.py")


def test_a_package_that_imports_its_submodule_shows_it_to_all() -> None:
    assert not hidden("from . import resources\n", 1, importer="shop/jobs.py")
