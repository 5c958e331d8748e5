"""A Pipfile says what pip needs, in tables of its own."""

from __future__ import annotations

import pytest

from relayout.inventory.pipfile import pipfile_python, read_pipfile
from relayout.tree import Tree


def read(text: str) -> list[tuple[str, str, int, str]]:
    tree = Tree.of({"Pipfile": text, "libs/kit/setup.py": ""})
    return [(d.text, d.group, d.line, d.problem) for d in read_pipfile(tree)]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ('a = "*"', "a"),
        ('a = ""', "a"),
        ('a = "==1.2"', "a==1.2"),
        ('a = "1.2"', "a==1.2"),
        ('a = ">=1,<2"', "a>=1,<2"),
        ('"a.b" = "~=1.2"', "a.b~=1.2"),
        ('"a[x]" = "*"', "a[x]"),
        ('a = {version = "*", extras = ["x", "y"]}', "a[x,y]"),
        ('a = {version = ">1", index = "ours"}', "a>1"),
        ("a = {version = '*', markers = \"python_version < '3'\"}", "a; python_version < '3'"),
        ("a = {version = '*', os_name = \"== 'nt'\"}", "a; os_name == 'nt'"),
        (
            "a = {os_name = \"== 'nt'\", markers = \"python_version < '3'\"}",
            "a; (python_version < '3') and (os_name == 'nt')",
        ),
        ('a = {git = "https://h/a.git"}', "a @ git+https://h/a.git"),
        (
            'a = {git = "ssh://git@h/a.git", ref = "v1", subdirectory = "s", editable = true}',
            "a @ git+ssh://git@h/a.git@v1#subdirectory=s",
        ),
        ('a = {file = "https://h/a.zip"}', "a @ https://h/a.zip"),
    ],
)
def test_an_entry_is_a_requirement(entry: str, text: str) -> None:
    assert read(f"[packages]\n{entry}\n") == [(text, "", 2, "")]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("a = 3", "neither a version nor a table"),
        ("a = {version = 3}", "no text"),
        ("a = {extras = 'x'}", "no list of names"),
        ("a = {extras = [1]}", "no list of names"),
        ("a = {markers = 3}", "no text"),
        ("a = {git = 'git@h:a.git'}", "no URL"),
        ("a = {path = '../a'}", "git has no file"),
        ("a = 'two'", "no requirement"),
        ("'a b' = '*'", "no requirement"),
    ],
)
def test_an_entry_that_is_none_has_a_reason(entry: str, problem: str) -> None:
    [(_, _, line, said)] = read(f"[packages]\n{entry}\n")
    assert (line, problem in said) == (2, True)


def test_tables_are_groups_and_lines_are_theirs() -> None:
    text = """\
[dev-packages]
pytest = "*"

[packages]
pytest = ">1"

[packages."zope.x"]
version = "*"

[docs-build]
sphinx = "*"

[scripts]
go = "python x.py"

[pipenv]
allow_prereleases = true
"""
    assert [(text, group, line) for text, group, line, _ in read(text)] == [
        ("pytest", "dev", 2),
        ("pytest>1", "", 5),
        ("zope.x", "", 7),
        ("sphinx", "docs-build", 11),
    ]


def test_a_folder_of_the_repository_is_named_and_the_project_itself_is_not() -> None:
    text = '[packages]\nkit = {path = "libs/kit", editable = true}\nme = {path = "."}\n'
    tree = Tree.of({"Pipfile": text, "libs/kit/setup.py": ""})
    [kit] = read_pipfile(tree)
    assert (kit.text, kit.path, kit.is_editable) == ("kit", "libs/kit", True)


def test_another_index_is_reported_without_its_password() -> None:
    text = '[[source]]\nname = "pypi"\nurl = "https://host/simple"\n[[source]]\nurl = "https://me:x@h/simple"\n'
    [found] = read_pipfile(Tree.of({"Pipfile": text}))
    assert found.problem
    assert found.shown == "https://***@h/simple"


@pytest.mark.parametrize("text", ["[packages\n", "packages = 3\n", "source = 1\n", "\x00", ""])
def test_a_pipfile_that_makes_no_sense_declares_nothing(text: str) -> None:
    assert [found for found in read(text) if not found[3]] == []


def test_the_python_that_it_asks_for() -> None:
    def of(text: str) -> str:
        return pipfile_python(Tree.of({"Pipfile": text}))

    assert of('[requires]\npython_version = "3.11"\n') == "3.11"
    assert of('[requires]\npython_full_version = "3.11.2"\n') == "3.11.2"
    assert of("[packages]\n") == of("[") == pipfile_python(Tree.of({})) == ""
    [(text, _, line, problem)] = read('[packages]\n[requires]\npython_version = "3.6"\n')
    assert (text, line) == ("python 3.6", 3)
    assert "3.10" in problem
