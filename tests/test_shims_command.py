"""``relayout shims``: it lists who uses shims, and removes those that nothing uses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrations import migrate_files
from relayout.inventory.shims import read_shim
from relayout.planning.plan import Options
from shim_trees import run, shimmed
from workbench import LEGACY, Files, Result, commit_all, git, head, relayout, snapshot

USER = "from shop.defs.orders import total\n\nprint(total())\n"
ORDERS = "src/shop/defs/orders.py"

Make = Callable[[Files], Path]


def files(**changes: str) -> dict[str, bytes | str]:
    tree = shimmed().tree
    return {**{path: tree.read(path) for path in tree}, **changes}


def shims(repository: Path, *options: str) -> dict[str, Any]:
    done = relayout("shims", *options, "--json", cwd=repository)
    assert done.status == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_lists_shims_with_who_uses_them(repository: Make) -> None:
    made = repository(files(**{"tools/report.py": USER}))
    listed = {shim["path"]: shim for shim in shims(made)["shims"]}
    assert listed[ORDERS] == {
        "path": ORDERS,
        "name": "shop.defs.orders",
        "targets": ["shop.assets.raw"],
        "removed_in": "0.4.0",
        "uses": [
            {"path": "tools/report.py", "line": 1, "text": "from shop.defs.orders import total"}
        ],
    }
    assert [path for path, shim in listed.items() if shim["uses"]] == [ORDERS]


def test_it_says_so_to_people(repository: Make) -> None:
    made = repository(files(**{"tools/report.py": USER}))
    done = relayout("shims", cwd=made)
    assert done.status == 0
    assert f"{ORDERS} -> shop.assets.raw (until 0.4.0)\n    tools/report.py:1" in done.stdout
    assert "4 shims, 3 of them used by nothing here." in done.stdout


def test_a_repository_without_shims(repository: Make) -> None:
    made = repository({"a.py": "A = 1\n"})
    assert shims(made) == {"shims": []}
    assert "There are no shims" in relayout("shims", cwd=made).stdout
    before = head(made)
    assert shims(made, "--prune")["pruned"] == []
    assert head(made) == before


def test_pruning_removes_what_nothing_uses(repository: Make) -> None:
    made = repository(files(**{"tools/report.py": USER}))
    done = shims(made, "--prune")
    assert done["pruned"] == [
        "src/shop/defs/__init__.py",
        "src/shop/defs/jobs.py",
        "src/shop/resources/__init__.py",
    ]
    assert done["removed"] == ["src/shop/defs/jobs.py"]
    assert done["emptied"] == ["src/shop/defs/__init__.py", "src/shop/resources/__init__.py"]
    assert git(made, "branch", "--show-current").strip() == "relayout/prune-shims"
    assert git(made, "rev-list", "--count", "main..HEAD").strip() == "1"
    assert (made / "src/shop/resources/__init__.py").read_bytes() == b""
    assert (made / "src/shop/_moved.py").exists()
    ran = run(made, "tools/report.py")
    assert (ran.returncode, ran.stdout) == (0, "3\n"), ran.stderr


def test_pruning_the_last_shim_removes_what_only_shims_needed(repository: Make) -> None:
    made = repository(files())
    done = shims(made, "--prune")
    assert done["removed"] == [
        "src/shop/_moved.py",
        "src/shop/defs/__init__.py",
        "src/shop/defs/jobs.py",
        "src/shop/defs/orders.py",
    ]
    assert not (made / "src/shop/defs").exists()
    ran = run(made, "-c", "import shop.assets.raw, shop.jobs.schedules, shop.resources.resources")
    assert ran.returncode == 0, ran.stderr
    assert shims(made) == {"shims": []}


def test_a_shim_that_a_used_one_leads_to_stays(repository: Make) -> None:
    older = (
        '"""Moved to shop.defs.orders."""\n\nfrom shop._moved import forward\n\n'
        'forward(__name__, "shop.defs.orders")\n'
    )
    made = repository(
        files(**{"src/shop/older.py": older, "tools/a.py": "from shop.older import total\n"})
    )
    done = shims(made, "--prune")
    assert ORDERS not in done["removed"]
    assert run(made, "tools/a.py").returncode == 0


def test_what_else_is_in_a_folder_keeps_its_marker(repository: Make) -> None:
    """A file of data is read through the package that it is in."""
    made = repository(files(**{"src/shop/defs/rates.csv": "1,2\n"}))
    done = shims(made, "--prune")
    assert done["emptied"] == ["src/shop/defs/__init__.py", "src/shop/resources/__init__.py"]


def test_it_can_be_undone(repository: Make) -> None:
    made = repository(files())
    before = snapshot(made)
    shims(made, "--prune")
    done = relayout("undo", cwd=made)
    assert done.status == 0, done.stderr
    assert snapshot(made) == before


def test_verify_compares_with_nothing_after_it(repository: Make) -> None:
    made = repository(files())
    shims(made, "--prune")
    done = relayout("verify", "--layout", "src-layout", "--json", cwd=made)
    names = {check["name"] for check in json.loads(done.stdout)["checks"]}
    assert "parses" in names
    assert "everything-accounted-for" not in names


def refused(done: Result) -> str:
    assert done.status == 2, done.stdout
    return done.stderr


def test_what_is_in_the_way_is_said(repository: Make) -> None:
    made = repository(files())
    (made / "pyproject.toml").write_text("changed", encoding="utf-8")
    before = snapshot(made)
    said = refused(relayout("shims", "--prune", cwd=made))
    assert "1 tracked file has uncommitted changes (pyproject.toml)" in said
    assert snapshot(made) == before
    git(made, "checkout", "--quiet", ".")
    git(made, "switch", "--quiet", "-c", "relayout/dagster")
    said = refused(relayout("shims", "--prune", cwd=made))
    assert "the branch relayout/dagster exists already" in said
    git(made, "switch", "--quiet", "-")
    git(made, "branch", "relayout/prune-shims")
    said = refused(relayout("shims", "--prune", cwd=made))
    assert "git branch -d relayout/prune-shims" in said
    git(made, "checkout", "--quiet", "--detach")
    assert "HEAD is detached" in refused(relayout("shims", "--prune", cwd=made))
    assert relayout("shims", cwd=made).status == 0


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    assert "is not a git repository" in refused(relayout("shims", cwd=tmp_path))


@pytest.mark.parametrize("shim", ["forward(__name__, 'a')\nX = 1\n", "forward(__name__, x)\n"])
def test_a_shim_with_code_of_its_own_is_left_alone(repository: Make, shim: str) -> None:
    text = f'"""It."""\n\nfrom shop._moved import forward\n\n{shim}'
    made = repository(files(**{"src/shop/own.py": text}))
    shims(made, "--prune")
    assert (made / "src/shop/own.py").exists()
    assert (made / "src/shop/_moved.py").exists()
    assert commit_all(made, "as it is")


def test_any_layout_can_have_shims(repository: Make, adopt: Callable[..., Result]) -> None:
    """Files of the root were imported from there; a program was not, and has none."""
    made = repository(LEGACY)
    done = adopt(made, "--shims")
    assert done.status == 0, done.stdout + done.stderr
    listed = {shim["path"]: shim["targets"] for shim in shims(made)["shims"]}
    assert listed == {"utils/db.py": ["pipelines.utils.db"]}
    asked = "import sys; sys.path[:0] = ['']; from utils.db import connect; print(connect())"
    assert run(made, "-c", asked).stdout == "connected\n"
    assert git(made, "log", "-1", "--format=%s").strip().startswith("Keep the old import paths")
    again = relayout("plan", "--json", cwd=made)
    assert json.loads(again.stdout)["empty"]
    checked = relayout("verify", "--json", cwd=made)
    assert json.loads(checked.stdout)["passed"]


def test_without_being_asked_this_layout_has_none(
    repository: Make, adopt: Callable[..., Result]
) -> None:
    made = repository(LEGACY)
    adopt(made)
    assert shims(made) == {"shims": []}


def test_a_shim_follows_what_moves_on() -> None:
    """Its target is a string that names a module, as any other."""
    made = shimmed().tree
    moves = {"src/shop/assets/raw.py": "src/shop/assets/orders.py"}
    files = {path: made.read(path) for path in made}
    after = migrate_files(files, Options("src-layout", package="shop"), moves).converted
    shim = read_shim(ORDERS, after.read(ORDERS))
    assert shim is not None
    assert shim.targets == ("shop.assets.orders",)
