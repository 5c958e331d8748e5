"""Which pipelines a change touches."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Load = Callable[[str], Any]
KNOWN = ["customers", "orders", "stock"]
READS = {"customers": frozenset({"orders"}), "stock": frozenset({"customers"})}


@pytest.fixture
def affected(load: Load) -> Any:
    return load("tools/testing/affected.py")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ([], []),
        (["pipelines/stock/dbt/models/stock.sql"], ["stock"]),
        (["pipelines/customers/README.md"], []),
        (["pipelines/customers/docs/README.md"], []),
        (["pipelines/stock/dbt/models/columns.md"], ["stock"]),
        (["pipelines/shared/schemas/columns.md"], KNOWN),
        (["pipelines/customers/config/pipeline.yml"], ["customers", "stock"]),
        (["pipelines/orders/scripts/load.py"], KNOWN),
        (["pipelines/gone/scripts/load.py"], []),
        (["pipelines/shared/macros/money.sql"], KNOWN),
        (["pipelines/__init__.py"], KNOWN),
        (["pyproject.toml"], KNOWN),
        (["uv.lock"], KNOWN),
        (["README.md", "docs/layout.md", ".github/workflows/ci.yml", "tools/cli/x.py"], []),
        (["pipelines/_templates/pipeline/copier.yml"], []),
        (["something_new.ini"], KNOWN),
    ],
)
def test_a_change_touches_what_it_is_in_and_who_reads_from_there(
    affected: Any, changed: list[str], expected: list[str]
) -> None:
    assert affected.touched(changed, KNOWN, READS) == expected


def test_who_reads_from_a_pipeline_that_is_gone_is_touched(affected: Any) -> None:
    reads = {"stock": frozenset({"gone"})}
    assert affected.touched(["pipelines/gone/dbt/x.sql"], KNOWN, reads) == ["stock"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/pipeline.yml", "sources:\n  - kind: pipeline\n    location: orders.totals\n"),
        ("scripts/load.py", "from pipelines.orders.scripts import load\n"),
        ("scripts/load.py", "from pipelines import orders\n"),
        ("dbt/packages.yml", "packages:\n  - local: ../../orders/dbt\n"),
        ("orchestration/definitions.py", 'FOLDER = "pipelines/orders/dbt"\n'),
    ],
)
def test_a_pipeline_that_names_another_reads_from_it(
    affected: Any, tmp_path: Path, path: str, text: str
) -> None:
    file = tmp_path / "pipelines" / "stock" / path
    file.parent.mkdir(parents=True)
    file.write_text(text)
    (tmp_path / "pipelines" / "orders").mkdir()
    assert "orders" in affected.readers(tmp_path, ["orders", "stock"])["stock"]


def test_pipelines_are_the_folders_that_are_not_shared(affected: Any, tmp_path: Path) -> None:
    for name in ("orders", "shared", "_templates", "__pycache__", ".cache"):
        (tmp_path / "pipelines" / name).mkdir(parents=True)
    (tmp_path / "pipelines" / "__init__.py").touch()
    assert affected.pipelines(tmp_path) == ["orders"]
    assert affected.pipelines(tmp_path / "nowhere") == []


def test_what_git_says_is_what_is_compared(affected: Any, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        settings = ("user.name=A", "user.email=a@example.com", "commit.gpgsign=false")
        options = [part for setting in settings for part in ("-c", setting)]
        subprocess.run(["git", *options, "-C", str(tmp_path), *arguments], check=True)

    for name in KNOWN:
        (tmp_path / "pipelines" / name / "scripts").mkdir(parents=True)
        (tmp_path / "pipelines" / name / "scripts" / "load.py").write_text("")
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=Start")
    assert affected.touched_since("main", tmp_path) == []
    (tmp_path / "pipelines" / "stock" / "scripts" / "load.py").write_text("X = 1\n")
    (tmp_path / "pipelines" / "orders" / "scripts" / "new.py").write_text("")
    assert affected.touched_since("main", tmp_path) == ["orders", "stock"]
    assert affected.touched_since("no-such-branch", tmp_path) == KNOWN


def test_names_are_shared_out_evenly(affected: Any) -> None:
    names = [f"p{number}" for number in range(500)]
    groups = affected.shared_out(names, 40)
    assert len(groups) == 40
    assert sorted(" ".join(groups).split()) == sorted(names)
    assert affected.shared_out(["a", "b"], 40) == ["a", "b"]
    assert affected.shared_out([], 40) == []
    parts = [affected.part(names, f"{index}/7") for index in range(1, 8)]
    assert sorted(" ".join(parts).split()) == sorted(names)
    assert affected.part(["a"], "2/7") == ""
    for wrong in ("", "3", "0/7", "8/7", "a/b"):
        with pytest.raises(ValueError, match=r"no group|invalid literal"):
            affected.part(names, wrong)
