"""Values of search paths: variables filled in, absolute paths led back to folders."""

from __future__ import annotations

import pytest

from relayout.inventory.configured_paths.values import ROOT, Mounts, Scene, folders_of
from relayout.tree import Tree

TREE = Tree.of({"lib/a.py": "", "services/x/core/b.py": "", "main.py": ""})


@pytest.mark.parametrize(
    ("value", "known", "unclear"),
    [
        ("lib", ("lib",), False),
        (" 'lib' ; \"./lib/\" :", ("lib",), False),
        ("lib:services/x/../x/core", ("lib", "services/x/core"), False),
        (".", ("",), False),
        ("..", (), False),
        ("../../lib", (), False),
        ("/lib", (), False),
        ("~/lib", (), False),
        ("C:\\lib;lib", ("lib",), False),
        ("lib/*", (), True),
        ("$WHAT", (), True),
        ("${WHAT}/lib:lib", ("lib",), True),
        ("%WHAT%\\lib", (), True),
        ("${WHAT:-lib}", ("lib",), False),
        ("${PYTHONPATH:+${PYTHONPATH}:}lib", ("lib",), False),
        ("{{ where }}", (), True),
        ("", (), False),
        (":::", (), False),
    ],
)
def test_what_a_value_names(value: str, known: tuple[str, ...], unclear: bool) -> None:
    told = folders_of(value, Scene(TREE, f"{ROOT}/run.sh"))
    assert (told.known, told.unclear) == (known, unclear)


@pytest.mark.parametrize(
    ("pairs", "path", "expected"),
    [
        ((("/app", ""),), "/app/lib", ("lib",)),
        ((("/app", ""),), "/app", ("",)),
        ((("/app", ""),), "/application", ()),
        ((("/app/lib", "lib"),), "/app", ("",)),
        ((("/app/other", "lib"),), "/app", ()),
        ((("/app/core", "services/x/core"),), "/app", ("services/x",)),
        ((("/app/main.py", "main.py"),), "/app", ("",)),
        ((("/app", "services/x"), ("/app", "lib")), "/app", ("services/x", "lib")),
        ((("/app", "services/x"), ("/app", "")), "/app/core", ("services/x/core",)),
    ],
)
def test_where_an_absolute_path_is_in_the_repository(
    pairs: tuple[tuple[str, str], ...], path: str, expected: tuple[str, ...]
) -> None:
    assert Mounts(pairs).folders(path, TREE) == expected
