"""Which modules get a shim, where it stands and what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from relayout.conversions.shims.removal import removal_version
from relayout.conversions.shims.texts import shim_text
from relayout.inventory import take_inventory
from relayout.inventory.shims import shims_of
from relayout.planning.homes import Home
from relayout.planning.split import Part, Split
from shim_trees import PYPROJECT, plain, run, shimmed, write

USED = {"a.py": "A = 1\n", "job.py": "import a\nimport b\n"}
"""A module of the root that something imports."""


def test_shims_stand_at_the_old_paths() -> None:
    made = shimmed().conversion.additions
    assert set(made) == {
        "src/shop/_moved.py",
        "src/shop/defs/__init__.py",
        "src/shop/defs/jobs.py",
        "src/shop/defs/orders.py",
        "src/shop/resources/__init__.py",
    }
    assert made["src/shop/defs/orders.py"].decode() == (
        '"""Moved to shop.assets.raw."""\n\nfrom shop._moved import forward\n\n'
        'forward(__name__, "shop.assets.raw", removed_in="0.4.0")\n'
    )


def test_the_shim_of_a_split_module_says_what_is_where() -> None:
    assert shimmed().conversion.additions["src/shop/defs/jobs.py"].decode() == (
        '"""Moved, in parts.\n\nshop.jobs.jobs: all else\nshop.jobs.schedules: daily\n'
        'shop.utils.clean: clean\n"""\n\nfrom shop._moved import forward\n\n'
        'forward(\n    __name__,\n    "shop.jobs.jobs",\n    "shop.jobs.schedules",\n'
        '    "shop.utils.clean",\n    removed_in="0.4.0",\n)\n'
    )


def test_files_of_the_root_keep_their_names_there(tmp_path: Path) -> None:
    """The root is on the path of programs that are started there; so its folders need no marker."""
    made = plain(
        {
            "job.py": "import utils.db\n",
            "utils/db.py": "class Row:\n    pass\n",
            "helpers/__init__.py": "",
            "helpers/a.py": "A = 1\n",
        },
        {"utils/db.py": "src/shop/utils/db.py", "helpers/a.py": "src/shop/utils/a.py"},
        {"src/shop/__init__.py": "", "src/shop/utils/__init__.py": ""},
    )
    assert set(made.conversion.additions) == {"src/shop/_moved.py", "utils/db.py", "helpers/a.py"}
    program = "from utils.db import Row\nimport shop.utils.db as n, helpers.a\nassert n.Row is Row"
    done = run(write(made.tree, tmp_path), "-c", f"import sys; sys.path[:0] = ['']\n{program}")
    assert done.returncode == 0, done.stderr


def test_a_package_that_came_into_src_keeps_its_submodules_there(tmp_path: Path) -> None:
    """``import shop`` finds the installed one now, so a shim in the root would be of no use."""
    made = plain(
        {"shop/__init__.py": "", "shop/defs/__init__.py": "", "shop/defs/a.py": "A = 1\n"},
        {
            "shop/__init__.py": "src/shop/__init__.py",
            "shop/defs/__init__.py": "src/shop/defs/__init__.py",
            "shop/defs/a.py": "src/shop/assets/raw.py",
        },
        {"src/shop/assets/__init__.py": ""},
    )
    assert set(made.conversion.additions) == {"src/shop/_moved.py", "src/shop/defs/a.py"}
    done = run(write(made.tree, tmp_path), "-c", "from shop.defs.a import A; assert A == 1")
    assert done.returncode == 0, done.stderr


def test_a_module_that_is_called_as_before_needs_none() -> None:
    moves = {"shop/__init__.py": "src/shop/__init__.py", "shop/a.py": "src/shop/a.py"}
    assert (
        plain({"shop/__init__.py": "X = 1\n", "shop/a.py": ""}, moves, {}).conversion.additions
        == {}
    )


def test_a_package_that_was_renamed(tmp_path: Path) -> None:
    made = plain(
        {"src/old/__init__.py": "X = 1\n", "src/old/x.py": "Y = 2\n"},
        {"src/old/__init__.py": "src/shop/__init__.py", "src/old/x.py": "src/shop/x.py"},
        {},
    )
    assert set(made.conversion.additions) == {
        "src/shop/_moved.py",
        "src/old/__init__.py",
        "src/old/x.py",
    }
    program = "from old import X; import old.x, shop.x; assert (X, old.x) == (1, shop.x)"
    done = run(write(made.tree, tmp_path), "-c", program)
    assert done.returncode == 0, done.stderr


def test_what_nobody_imports_gets_none() -> None:
    names = (
        *("setup.py", "jobs/conftest.py", "jobs/test_a.py", "jobs/a_test.py", "tests/tool.py"),
        *("jobs/tests/tool.py", "jobs/load-data.py", "jobs/look.ipynb"),
    )
    before = dict.fromkeys(names, "x = 1\n") | {"jobs/__init__.py": '"""Jobs."""\n'}
    moves = {name: f"src/shop/{name.replace('-', '_')}" for name in before}
    assert plain(before, moves, {}).conversion.additions == {}


def test_programs_of_the_root_get_none() -> None:
    """Whatever starts them by their path can start them by the new one."""
    before = {
        "load.py": "if __name__ == '__main__':\n    print(1)\n",
        "jobs/__init__.py": "",
        "jobs/acts.py": "for n in range(3):\n    print(n)\n",
        "jobs/runs.py": "if __name__ == '__main__':\n    print(1)\n",
        "jobs/tool.py": "def tool():\n    pass\n",
        "alone/tool.py": "def tool():\n    pass\n",
    }
    moves = {path: f"src/shop/{path}" for path in before if "__init__" not in path}
    made = plain(before, moves, {"src/shop/__init__.py": ""}).conversion.additions
    assert {path for path in made if not path.startswith("src/")} == {"jobs/tool.py"}


def test_a_package_with_folders_that_have_no_marker_keeps_its_names_in_src() -> None:
    """At the root they would stand in front of the installed package."""
    before = {
        "shop/__init__.py": "",
        "shop/states/ohio/__init__.py": "",
        "shop/states/ohio/votes.py": "A = 1\n",
        "shop/states/iowa.py": "B = 1\n",
    }
    moves = {
        "shop/__init__.py": "src/shop/__init__.py",
        "shop/states/ohio/__init__.py": "src/shop/assets/ohio/__init__.py",
        "shop/states/ohio/votes.py": "src/shop/assets/ohio/votes.py",
        "shop/states/iowa.py": "src/shop/assets/iowa.py",
    }
    made = plain(before, moves, {"src/shop/assets/__init__.py": ""}).conversion
    assert made.findings == ()
    assert set(made.additions) == {
        "src/shop/_moved.py",
        "src/shop/states/__init__.py",
        "src/shop/states/iowa.py",
        "src/shop/states/ohio/__init__.py",
        "src/shop/states/ohio/votes.py",
    }


def test_what_quarantined_code_finds_under_its_name_is_not_hidden() -> None:
    before = {"etl/__init__.py": "", "etl/a.py": "A = 1\n", "etl/b.py": "import etl.a\n"}
    moves = {
        "etl/__init__.py": "__legacy/etl/__init__.py",
        "etl/b.py": "__legacy/etl/b.py",
        "etl/a.py": "src/shop/a.py",
    }
    made = plain(before, moves, {"src/shop/__init__.py": ""}).conversion
    assert made.additions == {}
    assert [finding.message for finding in made.findings] == [
        "the old import path etl.a is gone: quarantined code has its own modules under that name"
    ]


def test_a_split_module_that_keeps_its_path_and_its_names_needs_nothing() -> None:
    before = {"src/shop/definitions.py": "def a():\n    pass\n\n\nall = [a]\n"}
    part = "src/shop/definitions_assets.py"
    split = Split("src/shop/definitions.py", "definitions", (Part(part, "assets", ("a",)),))
    cut = {
        "src/shop/definitions.py": "from .definitions_assets import a\n\nall = [a]\n",
        part: "def a():\n    pass\n",
    }
    made = shimmed(before, {part: "src/shop/assets/raw.py"}, (split,), cut, {}).conversion
    assert (made.additions, made.findings) == ({}, ())


def test_what_goes_elsewhere_gets_none() -> None:
    before = {"a.py": "A = 1\n", "b.py": "B = 1\n", "c.py": "C = 1\n"}
    made = plain(before, {"a.py": "__legacy/a.py", "b.py": "tools/b.py"}, {})
    assert made.conversion.additions == {}
    assert made.conversion.findings == ()


def problems(before: dict[str, str], moves: dict[str, str], after: dict[str, str]) -> list[str]:
    made = plain({"pyproject.toml": PYPROJECT, **before}, moves, after).conversion
    assert {finding.code for finding in made.findings} <= {"no-shim"}
    assert "src/shop/_moved.py" not in made.additions or not made.findings
    return [f"{finding.path}: {finding.message}" for finding in made.findings]


def test_an_old_path_that_something_else_has() -> None:
    said = problems(
        {"src/shop/a.py": "A = 1\n", "src/shop/defs/a.py": "B = 1\n"},
        {"src/shop/a.py": "src/shop/b.py", "src/shop/defs/a.py": "src/shop/a.py"},
        {"src/shop/defs/a.py": "C = 1\n"},
    )
    assert said == [
        "src/shop/b.py: the old import path shop.a is gone: src/shop/a.py is another module now",
        "src/shop/a.py: the old import path shop.defs.a is gone: "
        "src/shop/defs/a.py is another module now",
    ]


def test_a_folder_that_is_a_module_now() -> None:
    said = problems(
        {"src/shop/jobs/daily.py": "A = 1\n"},
        {"src/shop/jobs/daily.py": "src/shop/jobs.py"},
        {},
    )
    assert said == [
        "src/shop/jobs.py: the old import path shop.jobs.daily is gone: "
        "src/shop/jobs.py stands where its package was"
    ]


def test_a_module_that_is_a_package_now_whose_modules_have_its_names() -> None:
    said = problems(
        {"src/shop/assets.py": "def raw():\n    pass\n"},
        {"src/shop/assets.py": "src/shop/assets/raw.py"},
        {"src/shop/assets/__init__.py": ""},
    )
    assert said == [
        "src/shop/assets/raw.py: the old import path shop.assets is gone: "
        "src/shop/assets is a package now, whose modules hide raw"
    ]


def test_a_module_that_is_a_package_with_code_now() -> None:
    said = problems(
        {"src/shop/assets.py": "A = 1\n"},
        {"src/shop/assets.py": "src/shop/assets/raw.py"},
        {"src/shop/assets/__init__.py": "B = 1\n"},
    )
    assert said == [
        "src/shop/assets/raw.py: the old import path shop.assets is gone: "
        "src/shop/assets/__init__.py is another module now"
    ]


def test_a_split_module_that_stays_where_it_is() -> None:
    """What it still imports is still there; of the rest, a person is told."""
    before = {
        "src/shop/definitions.py": "def a():\n    pass\n\n\ndef b():\n    pass\n\n\nall = [a]\n"
    }
    part = "src/shop/definitions_assets.py"
    split = Split("src/shop/definitions.py", "definitions", (Part(part, "assets", ("a", "b")),))
    cut = {
        "src/shop/definitions.py": "from .definitions_assets import a\n\nall = [a]\n",
        part: "def a():\n    pass\n\n\ndef b():\n    pass\n",
    }
    made = shimmed(before, {part: "src/shop/assets/raw.py"}, (split,), cut, {})
    assert set(made.conversion.additions) == set()
    assert [finding.message for finding in made.conversion.findings] == [
        "the old import path shop.definitions is gone: src/shop/definitions.py no longer has b"
    ]


def test_a_second_round_adds_nothing() -> None:
    tree = shimmed().tree
    files = {path: tree.read(path) for path in tree}
    assert plain(files, {}, {}).conversion.additions == {}


def test_further_shims_share_the_support_module() -> None:
    tree = shimmed().tree
    files = {path: tree.read(path) for path in tree}
    moves = {"src/shop/assets/raw.py": "src/shop/assets/orders.py"}
    made = plain(files, moves, {}).conversion.additions
    assert set(made) == {"src/shop/_moved.py", "src/shop/assets/raw.py"}
    assert made["src/shop/_moved.py"] == tree.read("src/shop/_moved.py")


def test_the_support_modules_name_is_one_that_is_free() -> None:
    before = {"src/shop/_moved.py": "X = 1\n", "src/shop/_MOVED_2.py": "", **USED}
    made = plain(before, {"a.py": "src/shop/a.py"}, {}).conversion.additions
    assert set(made) == {"src/shop/_moved_3.py", "src/shop/__init__.py", "a.py"}
    assert b"from shop._moved_3 import forward" in made["a.py"]


def test_packages_of_a_workspace_have_their_own() -> None:
    homes = (Home("shop", "packages/shop"), Home("etl", "packages/etl"))
    before = {
        "packages/shop/pyproject.toml": PYPROJECT,
        "packages/etl/pyproject.toml": '[project]\nname = "etl"\nversion = "2.1"\n',
        "b.py": "B = 1\n",
        **USED,
    }
    moves = {"a.py": "packages/shop/src/shop/a.py", "b.py": "packages/etl/src/etl/b.py"}
    made = shimmed(before, moves, (), {}, {}, homes).conversion.additions
    assert b'"shop.a", removed_in="0.4.0"' in made["a.py"]
    assert (
        b'from etl._moved import forward\n\nforward(__name__, "etl.b", removed_in="3.0.0"'
        in (made["b.py"])
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[project]\nversion = "0.3.1"\n', "0.4.0"),
        ('[project]\nversion = "0.0.0"\n', "0.1.0"),
        ('[project]\nversion = "1.2"\n', "2.0.0"),
        ('[project]\nversion = "2.0.0rc1"\n', "3.0.0"),
        ('[tool.poetry]\nversion = "0.9.1"\n', "0.10.0"),
        ('[project]\nversion = "2024.5.1"\n', ""),
        ('[project]\ndynamic = ["version"]\n', ""),
        ('[project]\nversion = "latest"\n', ""),
        ("[project]\nversion = 1\n", ""),
        ("project = 1\n", ""),
        ("not toml", ""),
        ("", ""),
    ],
)
def test_the_version_that_removes_shims(text: str, expected: str) -> None:
    assert removal_version(text) == expected


def test_without_a_version_it_is_the_next_release(tmp_path: Path) -> None:
    made = plain(USED, {"a.py": "src/shop/a.py"}, {"src/shop/__init__.py": ""})
    assert b'forward(__name__, "shop.a")' in made.conversion.additions["a.py"]
    done = run(
        write(made.tree, tmp_path),
        "-W",
        "always",
        "-c",
        "import sys; sys.path[:0] = ['']; import a",
    )
    assert "Moved module: a is shop.a now; the next release removes the old path" in done.stderr


def test_formatters_linters_and_type_checkers_have_nothing_to_say(tmp_path: Path) -> None:
    long = [f"shop.assets.a_rather_long_name_of_a_module_{n}" for n in range(3)]
    names = {long[1]: [f"a_rather_long_name_{n}" for n in range(20)]}
    tree = shimmed().tree.with_content(
        {"src/shop/defs/long.py": shim_text("shop._moved", long, "0.4.0", names)}
    )
    folder = write(tree, tmp_path)
    shims = [*shims_of(take_inventory(tree)), "src/shop/_moved.py"]
    rules = "E,W,F,I,B,C4,PT,PTH,RET,RUF,SIM,UP,D100,D2,D4"
    for arguments in (
        ("ruff", "format", "--isolated", "--check", "--line-length=88"),
        ("ruff", "format", "--isolated", "--check", "--line-length=100"),
        (
            "ruff",
            "check",
            "--isolated",
            "--line-length=100",
            f"--select={rules}",
            "--ignore=D203,D213,D413",
        ),
        ("mypy", "--strict", "--no-incremental", "--cache-dir=/dev/null"),
    ):
        checked = shims if arguments[0] == "ruff" else ["src/shop/_moved.py"]
        if "--line-length=88" in arguments:
            checked = checked[:-1]
        command = [sys.executable, "-m", *arguments, *checked]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
