"""A requirement of PEP 508 in Poetry's words means the same."""

from __future__ import annotations

import pytest

from relayout.conversions.poetry_form import Unfit, poetry_entry, with_entry


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "*"),
        ("a>=1,<2", ">=1,<2"),
        ("a (>=1, <2)", ">=1,<2"),
        ("a == 1.*", "==1.*"),
        ("a~=1.2", "~=1.2"),
        ("a[y,x]", {"version": "*", "extras": ["x", "y"]}),
        ("a>1; os_name == 'nt'", {"version": ">1", "markers": "os_name == 'nt'"}),
        ("a @ https://h/a.zip", {"url": "https://h/a.zip"}),
        ("a @ git+https://h/a.git", {"git": "https://h/a.git"}),
        ("a @ git+https://h/a.git@v1", {"git": "https://h/a.git", "rev": "v1"}),
        ("a @ git+ssh://git@h/a.git@v/1", {"git": "ssh://git@h/a.git", "rev": "v/1"}),
        ("a @ git+file:///srv/a@main", {"git": "file:///srv/a", "rev": "main"}),
        (
            "a[x] @ git+https://u:p@h/a.git@v1#subdirectory=s&egg=a",
            {"git": "https://u:p@h/a.git", "rev": "v1", "subdirectory": "s", "extras": ["x"]},
        ),
    ],
)
def test_each_form(text: str, value: object) -> None:
    assert poetry_entry(text) == ("a", value)


def test_a_folder_of_the_repository() -> None:
    assert poetry_entry("a", "libs/a") == ("a", {"path": "libs/a"})
    assert poetry_entry("a", "libs/a", is_editable=True)[1] == {"path": "libs/a", "develop": True}


@pytest.mark.parametrize("text", ["a===1", "a @ hg+https://h/a"])
def test_what_poetry_does_not_have(text: str) -> None:
    with pytest.raises(Unfit):
        poetry_entry(text)


def test_a_second_entry_stands_beside_the_first() -> None:
    table: dict[str, object] = {"b": "*"}
    for version in ("1", "2"):
        with_entry(table, "a", {"version": version})
    with_entry(table, "b", "2")
    assert table == {
        "a": [{"version": "1"}, {"version": "2"}],
        "b": [{"version": "*"}, {"version": "2"}],
    }
