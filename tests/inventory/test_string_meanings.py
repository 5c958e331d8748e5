"""Which module a string means in a file, and which modules strings keep alive."""

from __future__ import annotations

import pytest

from relayout.inventory import Inventory, take_inventory
from relayout.inventory.module_strings import ModuleString
from relayout.inventory.string_meanings import (
    is_made_from_name,
    meaning_of,
    modules_in_strings,
    names_one_of,
)
from relayout.inventory.string_places import Place
from relayout.tree import Tree

FILES = {
    "app/__init__.py": "from app.core import Engine\n",
    "app/core.py": "import json\n\n\nclass Engine:\n    pass\n",
    "app/main.py": "",
    "app/plugins/__init__.py": "",
    "app/plugins/one.py": "",
    "app/plugins/deep/two.py": "import logging\nlog = logging.getLogger(__name__)\n",
    "app/data/rows.sql": "select 1\n",
    "space/near.py": "def f(): pass\n",
    "jobs/run.py": "",
    "jobs/step.py": "GO = 1\n",
    "jobs/01-load.py": "",
    "far/lib/only.py": "def work(): pass\n",
}


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return take_inventory(Tree.of(FILES))


def meant(
    inventory: Inventory, text: str, place: str, path: str = "jobs/run.py", is_open: bool = False
) -> tuple[str, str, str] | None:
    """Return (the module's file or folder, the text that names it, the rest)."""
    meaning = meaning_of(inventory, path, ModuleString(1, text, Place(place), "", is_open))
    if meaning is None:
        return None
    module = meaning.module
    return module.file or module.folders[0], text[meaning.start : meaning.end], meaning.rest


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("app.core", "module", ("app/core.py", "app.core", "")),
        ("app.core", "elsewhere", ("app/core.py", "app.core", "")),
        ("app.core.Engine", "module", None),
        ("app.core.Engine", "object", ("app/core.py", "app.core", "Engine")),
        ("app.core.Engine", "elsewhere", ("app/core.py", "app.core", "Engine")),
        ("app.core:Engine.x", "object", ("app/core.py", "app.core", "Engine.x")),
        ("ext://app.core.Engine", "elsewhere", ("app/core.py", "app.core", "Engine")),
        ("app.core.json", "elsewhere", None),
        ("app.core.unknown", "elsewhere", None),
        ("app.core.unknown", "object", ("app/core.py", "app.core", "unknown")),
        ("app.Engine", "elsewhere", ("app/__init__.py", "app", "Engine")),
        ("app.Engine.go", "object", ("app/__init__.py", "app", "Engine.go")),
        ("app.data", "module", ("app/data", "app.data", "")),
        ("app.data", "elsewhere", None),
        ("space", "module", ("space", "space", "")),
        ("space.f", "object", None),
        ("space.near.f", "object", ("space/near.py", "space.near", "f")),
        ("step", "module", ("jobs/step.py", "step", "")),
        ("step.GO", "elsewhere", ("jobs/step.py", "step", "GO")),
        ("lib.only", "module", ("far/lib/only.py", "lib.only", "")),
        ("lib.only.work", "object", ("far/lib/only.py", "lib.only", "work")),
        ("lib.only.rest", "object", None),
        ("lib.only", "elsewhere", None),
        ("lib.only", "logger", None),
        ("json.dumps", "object", None),
        ("os.path", "module", None),
        ("", "module", None),
        ("app..core", "module", None),
        ("app.1", "module", None),
        ("jobs.01-load", "module", ("jobs/01-load.py", "jobs.01-load", "")),
        ("jobs.01-load", "elsewhere", None),
        ("jobs.01-load", "object", None),
    ],
)
def test_what_a_name_means(
    inventory: Inventory, text: str, place: str, expected: tuple[str, str, str] | None
) -> None:
    assert meant(inventory, text, place) == expected


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("app.plugins.", "module", ("app/plugins/__init__.py", "app.plugins", "")),
        ("app.plugins.on", "module", ("app/plugins/__init__.py", "app.plugins", "")),
        ("app.core.", "object", ("app/core.py", "app.core", "")),
        ("app.core.Engine.", "object", ("app/core.py", "app.core", "Engine")),
        ("app.core.Engine.", "elsewhere", None),
        ("app.nothing.", "module", None),
        ("app", "module", None),
    ],
)
def test_what_a_beginning_means(
    inventory: Inventory, text: str, place: str, expected: tuple[str, str, str] | None
) -> None:
    assert meant(inventory, text, place, is_open=True) == expected


@pytest.mark.parametrize(
    ("text", "path", "package", "expected"),
    [
        (".core", "app/main.py", "", "app/core.py"),
        (".one", "app/core.py", "app.plugins", "app/plugins/one.py"),
        ("..core", "jobs/run.py", "app.plugins", "app/core.py"),
        (".plugins", "app/__init__.py", "__name__", "app/plugins/__init__.py"),
        (".plugins", "app/main.py", "__name__", None),
        (".", "app/main.py", "", "app/__init__.py"),
        (".core", "jobs/run.py", None, None),
        ("....core", "app/main.py", "", None),
        (".core", "app/main.py", "app.core", None),
    ],
)
def test_what_a_relative_name_means(
    inventory: Inventory, text: str, path: str, package: str | None, expected: str | None
) -> None:
    meaning = meaning_of(inventory, path, ModuleString(1, text, Place.MODULE, package))
    assert (None if meaning is None else meaning.module.file) == expected


def test_a_module_says_its_own_name_as_a_label(inventory: Inventory) -> None:
    assert meant(inventory, "app.core", "elsewhere", path="app/core.py") is None
    own = ("app/core.py", "app.core", "Engine")
    assert meant(inventory, "app.core.Engine", "elsewhere", path="app/core.py") == own
    assert meant(inventory, "app.core", "logger", path="app/core.py") is not None


@pytest.mark.parametrize(
    ("text", "is_made"),
    [("app", True), ("app.core", True), ("app.plugins.deep.two", True), ("step", False)],
)
def test_a_logger_is_made_from_a_name_if_one_of_its_family_is(
    inventory: Inventory, text: str, is_made: bool
) -> None:
    string = ModuleString(1, text, Place.LOGGER)
    assert is_made_from_name(inventory, "jobs/run.py", string) is is_made


def test_code_keeps_alive_what_it_may_load() -> None:
    code = (
        "from importlib import import_module\nimport_module('step')\n"
        "import_module(f'app.plugins.{x}')\nload(f'space.{x}')\n"
    )
    inventory = take_inventory(Tree.of({**FILES, "jobs/run.py": code}))
    assert set(modules_in_strings(inventory, "jobs/run.py")) == {
        "jobs/step.py",
        "app/plugins/__init__.py",
        "app/plugins/one.py",
        "app/plugins/deep/two.py",
    }
    assert names_one_of(inventory, "jobs/run.py", {"app/plugins/one.py"})
    assert not names_one_of(inventory, "jobs/run.py", {"app/core.py"})


@pytest.mark.parametrize(
    "code", ["X = 'app.core'\n", "f(f'app.plugins.{x}')\n", "X = 'app:Engine'\n"]
)
def test_a_file_is_looked_at_if_a_string_of_it_names_what_moves(code: str) -> None:
    inventory = take_inventory(Tree.of({**FILES, "jobs/run.py": code}))
    moved = {"app/core.py", "app/__init__.py", "app/plugins/one.py"}
    assert names_one_of(inventory, "jobs/run.py", moved)
    assert not names_one_of(inventory, "jobs/run.py", {"jobs/step.py"})
