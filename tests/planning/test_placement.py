"""Where files go: what runs is placed, what nothing needs is quarantined, a person has the say."""

from __future__ import annotations

import pytest

from migrations import migrate_files
from relayout.errors import Refusal
from relayout.planning.plan import Options
from workbench import LEGACY, Files

HACK = "import sys, os\nsys.path.append(os.path.join(os.path.dirname(__file__), '..'))\n"


def targets(files: Files, **options: object) -> dict[str, str]:
    return dict(migrate_files(files, Options("src-layout", **options)).plan.targets)  # type: ignore[arg-type]


def test_what_is_run_is_placed_and_what_nothing_needs_is_quarantined() -> None:
    assert targets(LEGACY) == {
        "scripts/load.py": "src/pipelines/scripts/load.py",
        "utils/db.py": "src/pipelines/utils/db.py",
        "old/attempt.py": "__legacy/old/attempt.py",
    }


def test_what_placed_code_imports_is_placed_with_it_however_far_away() -> None:
    files = {
        "Makefile": "a:\n\tpython run.py\n",
        "run.py": "import one.first\n",
        "one/first.py": "def f():\n    import two.second\n",
        "two/second.py": "try:\n    import three.third\nexcept ImportError:\n    pass\n",
        "three/third.py": "",
        "four/fourth.py": "import one.first\n",
    }
    placed = targets(files)
    assert all(
        placed[p].startswith("src/") for p in files if "f" not in p[:1] and p.endswith(".py")
    )
    assert placed["four/fourth.py"] == "__legacy/four/fourth.py"


def test_nothing_placed_imports_quarantined_code() -> None:
    files = {
        **{f"m{n}/m.py": f"import m{n + 1}.m\n" for n in range(20)},
        "m20/m.py": "",
        "Makefile": "a:\n\tpython m7/m.py\n",
    }
    files["m7/m.py"] = HACK + files["m7/m.py"]
    placed = targets(files)
    assert {n for n in range(21) if placed[f"m{n}/m.py"].startswith("src/")} == set(range(7, 21))


def test_a_loop_of_imports_is_no_reason_to_be_placed() -> None:
    files = {
        "Makefile": "a:\n\tpython c.py\n",
        "c.py": "",
        "a/x.py": "import b.y",
        "b/y.py": "import a.x",
    }
    assert targets(files)["a/x.py"] == "__legacy/a/x.py"


def test_overrides_have_the_last_word() -> None:
    placed = targets(
        LEGACY,
        place=(("utils/*.py", "src/pipelines/lib/"),),
        keep=("old/*",),
        quarantine=("scripts/*",),
    )
    assert placed["utils/db.py"] == "src/pipelines/lib/db.py"
    assert "old/attempt.py" not in placed
    assert placed["scripts/load.py"] == "__legacy/scripts/load.py"


@pytest.mark.parametrize("target", ["../x.py", "/x.py", ".git/x.py", "a/../../x.py"])
def test_a_place_out_of_the_repository_is_refused(target: str) -> None:
    with pytest.raises(Refusal, match="cannot go to"):
        targets(LEGACY, place=(("utils/db.py", target),))


def test_two_files_never_share_a_path_whatever_the_case() -> None:
    files = {
        "Makefile": "a:\n\tpython a-b/load.py\n\tpython a_b/load.py\n\tpython A_B/Load.py\n",
        "a-b/load.py": "",
        "a_b/load.py": "",
        "A_B/Load.py": "",
    }
    migration = migrate_files(files)
    names = [path.casefold() for path in migration.moved]
    assert len(set(names)) == len(names) == len(files)


def test_data_that_would_share_a_path_is_refused_with_a_way_out() -> None:
    files = {
        "Makefile": "a:\n\tpython a-b/load.py\n\tpython a_b/load.py\n",
        **{"a-b/load.py": "", "a_b/load.py": "", "a-b/x.csv": "1", "a_b/X.csv": "2"},
    }
    with pytest.raises(Refusal) as refused:
        targets(files, place=(("*.csv", "data/"),))
    assert "--place 'a_b/X.csv=FOLDER/'" in str(refused.value)
    placed = targets(files, place=(("a_b/X.csv", "data/b/"), ("*.csv", "data/")))
    assert placed["a-b/x.csv"] == "data/x.csv"


def test_a_module_and_a_package_of_one_name_do_not_meet() -> None:
    files = {
        "Makefile": "a:\n\tpython utils.py\n\tpython utils/db.py\n",
        "utils.py": "",
        "utils/db.py": "",
    }
    moved = migrate_files(files).moved
    modules = {path.removesuffix(".py") for path in moved if path.endswith(".py")}
    assert not modules & moved.folders


def test_committed_environments_stay_and_are_reported() -> None:
    migration = migrate_files(
        {**LEGACY, "venv/pyvenv.cfg": "", "venv/lib/a.py": "import sys\nsys.path.append('x')\n"}
    )
    assert "venv/lib/a.py" in migration.after
    assert "environment-tracked" in {f.code for f in migration.plan.findings}


def test_a_finding_says_what_and_where() -> None:
    migration = migrate_files({**LEGACY, "scripts/old.py": "print 'x'\n"})
    for finding in migration.plan.findings:
        assert finding.code
        assert finding.message
        assert finding.path == "." or finding.path in migration.after
