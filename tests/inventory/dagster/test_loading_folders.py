from __future__ import annotations

import pytest

from relayout.inventory.dagster.loading_folders import LoadedFolder, defs_folder, package_modules
from relayout.tree import Tree


def tree_of(*paths: str) -> Tree:
    return Tree.of(dict.fromkeys(paths, ""))


def test_folders_without_marker_are_no_part_of_a_package() -> None:
    tree = tree_of("a/__init__.py", "a/b.py", "a/c/d.py", "a/e/__init__.py", "a/e/f.py", "ab/x.py")
    found = package_modules("a", tree)
    assert found == ("a/__init__.py", "a/b.py", "a/e/__init__.py", "a/e/f.py")


def test_a_folder_without_marker_is_no_package() -> None:
    assert package_modules("a", tree_of("a/b.py")) == ()


@pytest.mark.parametrize("name", ["defs.yaml", "defs.yml", "component.yaml"])
def test_a_component_says_what_is_in_its_folder(name: str) -> None:
    tree = tree_of("d/a.py", f"d/c/{name}", "d/c/b.py", "d/c/deep/e.py", "d/f/g.py")
    assert defs_folder("d", tree) == LoadedFolder(("d/a.py", "d/f/g.py"), ("d/c",))


def test_the_whole_folder_may_be_a_component() -> None:
    assert defs_folder("d", tree_of("d/a.py", "d/defs.yaml")) == LoadedFolder((), ("d",))


def test_hidden_folders_and_other_files_are_passed_over() -> None:
    tree = tree_of("d/a.py", "d/.old/b.py", "d/c.sql", "d/__init__.py")
    assert defs_folder("d", tree) == LoadedFolder(("d/__init__.py", "d/a.py"))


def test_definitions_speaks_for_its_folder_by_the_older_rule() -> None:
    tree = tree_of(
        "d/a.py", "d/b/definitions.py", "d/b/c.py", "d/e/definitions.py", "d/e/component.py"
    )
    assert defs_folder("d", tree, stops_at_definitions=True).modules == (
        "d/a.py",
        "d/b/definitions.py",
        "d/e/component.py",
        "d/e/definitions.py",
    )
    assert "d/b/c.py" in defs_folder("d", tree).modules


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("@component_instance\ndef a(context): ...\n", True),
        ("@dg.component\ndef a(context): ...\n", True),
        ("@component_types\ndef a(): ...\n", False),
        ("component = 1\n", False),
    ],
)
def test_a_module_may_make_components(code: str, is_one: bool) -> None:
    found = defs_folder("d", Tree.of({"d/a.py": code}))
    assert (found.components == ("d/a.py",)) is is_one
    assert (found.modules == ("d/a.py",)) is not is_one
