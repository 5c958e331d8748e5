"""A dotted name leads where Python's import system leads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.meaning import Status
from relayout.inventory.search_paths import (
    Located,
    ModuleFinder,
    is_quarantined,
    module_name,
    project_sources,
    quarantine_above,
)
from relayout.tree import SYMLINK, Tree
from workbench import build_tree

FILES = {
    "one/pkg/__init__.py": "",
    "one/pkg/inner.py": "",
    "two/pkg/other.py": "",
    "one/space/a.py": "",
    "two/space/b.py": "",
    "two/both.py": "",
    "two/both/__init__.py": "",
    "one/shadow/x.py": "",
    "two/shadow.py": "",
    "one/deep/er/m.py": "",
    "one/module.py": "",
    "one/notes/readme.txt": "",
}


@pytest.mark.parametrize(
    ("dotted", "expected"),
    [
        ("pkg", "one/pkg/__init__.py"),
        ("pkg.inner", "one/pkg/inner.py"),
        ("pkg.other", None),
        ("space.a", "one/space/a.py"),
        ("space.b", "two/space/b.py"),
        ("both", "two/both/__init__.py"),
        ("shadow", "two/shadow.py"),
        ("shadow.x", None),
        ("deep.er.m", "one/deep/er/m.py"),
        ("module", "one/module.py"),
        ("module.x", None),
        ("nothing", None),
    ],
)
def test_a_name_is_found_where_python_finds_it(
    dotted: str, expected: str | None, tmp_path: Path
) -> None:
    located = ModuleFinder(Tree.of(FILES)).find(("one", "two"), dotted)
    assert (located.file if located else None) == expected
    build_tree(tmp_path, FILES)
    code = f"""\
import importlib, sys
sys.path[:0] = ["one", "two"]
print(importlib.import_module({dotted!r}).__file__)
"""
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    really = done.stdout.strip().removeprefix(f"{tmp_path}/") or None
    assert really == expected


def test_a_namespace_package_is_made_of_all_its_folders() -> None:
    finder = ModuleFinder(Tree.of(FILES))
    assert finder.find(("one", "two"), "space") == Located(None, ("one/space", "two/space"))
    assert finder.find(("one", "two"), "notes") is None


def meaning(files: dict[str, str], path: str) -> dict[str, tuple[Status, tuple[str, ...]]]:
    inventory = take_inventory(Tree.of(files))
    return {str(n): (r.status, r.files) for n, r in inventory.resolutions(path)}


def test_the_standard_library_is_found_before_the_root_but_after_the_own_folder() -> None:
    files = {
        "json.py": "x = 1",
        "a/b.py": "import json\n",
        "a/c.py": "import csv\n",
        "a/csv.py": "",
    }
    assert meaning(files, "a/b.py") == {"import json": (Status.EXTERNAL, ())}
    assert meaning(files, "a/c.py") == {"import csv": (Status.RESOLVED, ("a/csv.py",))}


def test_a_declared_dependency_is_no_namespace_folder_of_that_name() -> None:
    files = {"requests/notes.py": "", "a.py": "import requests\n", "requirements.txt": "requests\n"}
    assert meaning(files, "a.py") == {"import requests": (Status.EXTERNAL, ())}


def test_a_module_is_not_its_own_import() -> None:
    files = {"a/db.py": "from db import connect\n", "utils/db.py": "def connect(): pass\n"}
    status, found = meaning(files, "a/db.py")["from db import connect"]
    assert "a/db.py" not in found
    assert status in (Status.REPAIRED, Status.RESOLVED)


def test_the_search_path_of_the_importer_reaches_what_it_imports() -> None:
    files = {
        "run.py": "import sys\nsys.path.append('lib')\nimport first\n",
        "lib/first.py": "import second.deep\n",
        "lib/second/deep.py": "",
    }
    assert meaning(files, "lib/first.py")["import second.deep"][1] == ("lib/second/deep.py",)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from . import a\n", "p/a.py"),
        ("from .a import x\n", "p/a.py"),
        ("from .. import q\n", "q.py"),
        ("from ... import q\n", None),
        ("from .missing import x\n", None),
    ],
)
def test_relative_imports(code: str, expected: str | None) -> None:
    files = {"p/m.py": code, "p/a.py": "x = 1\n", "q.py": ""}
    [(status, found)] = meaning(files, "p/m.py").values()
    assert (found[0] if found else None) == expected
    assert (status is Status.BROKEN) is (expected is None)


@pytest.mark.xfail(strict=True, reason="modules that are symbolic links are not looked at")
def test_a_module_that_is_a_symbolic_link_is_the_file_that_it_leads_to() -> None:
    files = {"a/run.py": "import db\n", "a/db.py": "../utils/db.py", "utils/db.py": "x = 1\n"}
    tree = Tree.of(files).with_modes({"a/db.py": SYMLINK})
    [(_, resolution)] = take_inventory(tree).resolutions("a/run.py")
    assert resolution.files


def first(files: dict[str, str], path: str) -> str | None:
    """Return the file that the one import of a file means."""
    [(_, found)] = meaning(files, path).values()
    return found[0] if found else None


HELPERS = {"tests/helpers.py": "x = 1\n", "other/helpers.py": "x = 2\n", "tests/conftest.py": ""}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"tests/unit/test_a.py": ""}, "tests/helpers.py"),
        ({"tests/unit/test_a.py": "", "tests/unit/helpers.py": ""}, "tests/unit/helpers.py"),
        (
            {"tests/unit/test_a.py": "", "tests/unit/__init__.py": "", "tests/__init__.py": ""},
            "helpers.py",
        ),
        ({"tests/unit/test_a.py": "", "pytest.ini": "[pytest]\n"}, "tests/helpers.py"),
        (
            {
                "tests/unit/test_a.py": "",
                "tests/unit/helpers.py": "",
                "pytest.ini": "[pytest]\naddopts = --import-mode=append\n",
            },
            "tests/unit/helpers.py",
        ),
    ],
)
def test_every_conftest_above_a_test_puts_its_folder_on_the_search_path(
    files: dict[str, str], expected: str
) -> None:
    root = {"helpers.py": ""} if expected == "helpers.py" else {}
    tree = {**HELPERS, **root, **files, "tests/unit/test_a.py": "import helpers\n"}
    assert first(tree, "tests/unit/test_a.py") == expected


def test_in_mode_importlib_a_test_finds_its_own_folder_last() -> None:
    files = {
        "pytest.ini": "[pytest]\n",
        "tests/test_a.py": "import helpers\n",
        "tests/helpers.py": "",
        "helpers.py": "",
    }
    assert first(files, "tests/test_a.py") == "tests/helpers.py"
    files["pytest.ini"] = "[pytest]\naddopts = --import-mode=importlib\n"
    assert first(files, "tests/test_a.py") == "helpers.py"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("python jobs/load.py", "jobs/paths.py"),
        ("python -m jobs.load", "paths.py"),
        ("cd jobs && python load.py", "jobs/paths.py"),
        ("cd jobs && python -m load", "jobs/paths.py"),
        ("PYTHONPATH=core python -m jobs.load", "paths.py"),
    ],
)
@pytest.mark.parametrize("marker", [{}, {"jobs/__init__.py": ""}])
def test_how_a_program_is_started_says_where_it_finds_modules(
    line: str, expected: str, marker: dict[str, str]
) -> None:
    files = {
        "Makefile": f"run:\n\t{line}\n",
        "jobs/load.py": 'import paths\n\nif __name__ == "__main__":\n    print(paths)\n',
        "jobs/paths.py": "",
        "paths.py": "",
        "core/paths.py": "",
        **marker,
    }
    assert first(files, "jobs/load.py") == expected


def test_what_is_configured_counts_after_the_importers_own_search_path() -> None:
    files = {
        "Makefile": "export PYTHONPATH := lib:core\n",
        "jobs/load.py": "import rates\nimport units\n",
        "jobs/rates.py": "",
        "lib/rates.py": "",
        "core/units.py": "",
    }
    assert meaning(files, "jobs/load.py") == {
        "import rates": (Status.RESOLVED, ("jobs/rates.py",)),
        "import units": (Status.RESOLVED, ("core/units.py",)),
    }


def test_the_first_entry_that_has_a_module_wins() -> None:
    files = {
        "Makefile": "export PYTHONPATH := lib:core\n",
        "jobs/load.py": "import units\n",
        "lib/units.py": "",
        "core/units.py": "",
    }
    assert first(files, "jobs/load.py") == "lib/units.py"


def test_search_paths_that_disagree_make_an_import_ambiguous() -> None:
    files = {
        "a.sh": "PYTHONPATH=lib python jobs/load.py\n",
        "b.sh": "PYTHONPATH=core python jobs/load.py\n",
        "jobs/load.py": "import units\n",
        "lib/units.py": "",
        "core/units.py": "",
    }
    inventory = take_inventory(Tree.of(files))
    [(_, resolution)] = inventory.resolutions("jobs/load.py")
    assert resolution.status is Status.AMBIGUOUS
    assert resolution.candidates == ("core/units.py", "lib/units.py")


def test_a_run_says_more_than_a_type_checker() -> None:
    files = {
        ".env": "PYTHONPATH=lib\n",
        "pyrightconfig.json": '{"extraPaths": ["core"]}',
        "jobs/load.py": "import units\n",
        "lib/units.py": "",
        "core/units.py": "",
    }
    assert first(files, "jobs/load.py") == "lib/units.py"


def test_a_search_path_reaches_what_its_program_imports() -> None:
    files = {
        "Makefile": "run:\n\tPYTHONPATH=lib:core python jobs/load.py\n",
        "jobs/load.py": "import rates\n",
        "lib/rates.py": "import units\n",
        "core/units.py": "",
        "old/units.py": "",
    }
    assert first(files, "lib/rates.py") == "core/units.py"


def test_a_module_that_is_no_folder_of_the_service_is_not_covered() -> None:
    files = {
        "services/a/Dockerfile": "FROM x\nCOPY . /app\nENV PYTHONPATH=/app/core\n",
        "services/a/core/units.py": "",
        "services/b/run.py": "import units\n",
        "services/b/lib/units.py": "",
    }
    assert meaning(files, "services/b/run.py")["import units"][0] is not Status.RESOLVED


@pytest.mark.parametrize(
    ("path", "top", "name"),
    [
        ("src/shop/load.py", None, "shop.load"),
        ("packages/shop/src/shop/cli/__init__.py", None, "shop.cli"),
        ("tools/check.py", None, "tools.check"),
        ("__legacy/old/load.py", "__legacy", "old.load"),
        (
            "packages/shop/legacy_django/orders/models.py",
            "packages/shop/legacy_django",
            "orders.models",
        ),
        ("legacy_django/manage.py", "legacy_django", "manage"),
        ("notes/legacy_django.py", None, "notes.legacy_django"),
    ],
)
def test_quarantine_stands_for_the_root_that_its_code_had(
    path: str, top: str | None, name: str
) -> None:
    assert quarantine_above(path) == top
    assert is_quarantined(path) is (top is not None)
    assert module_name(path) == name


def test_packages_of_projects_of_one_repository_are_found() -> None:
    files = [
        "packages/a/src/a/x.py",
        "packages/b/pyproject.toml",
        "packages/b/__init__.py",
        "libs/c/setup.py",
        "libs/c/c/__init__.py",
        "libs/d/pyproject.toml",
        "libs/d/x.py",
        "packages/e/legacy_django/pyproject.toml",
        "packages/e/legacy_django/f/__init__.py",
    ]
    found = project_sources(Tree.of(dict.fromkeys(files, "")))
    assert found == ("packages/a/src", "libs/c", "packages")
