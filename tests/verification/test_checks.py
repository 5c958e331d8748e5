"""Every check passes on what a migration does, and fails on what it must never do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from migrations import SRC_LAYOUT, evidence_of, migrate_files
from relayout.inventory import take_inventory
from relayout.migration import Migration
from relayout.planning.plan import Kept, Plan
from relayout.source import Edit
from relayout.tree import Tree
from relayout.verification import CHECKS, Check, Evidence, verify
from workbench import LEGACY, MOVED

HELPER = "src/pipelines/utils/db.py"


@pytest.fixture
def migration() -> Migration:
    files = {**LEGACY, "pyproject.toml": '[project]\nname = "x"\n', "old/two.py": "print 2\n"}
    return migrate_files(files)


def checked(
    migration: Migration,
    name: str,
    files: Mapping[str, bytes | None] | None = None,
    plan: Plan | None = None,
) -> Check:
    """Return the outcome of a check after files were tampered with; None deletes one."""
    contents = {path: migration.after.read(path) for path in migration.after}
    for path, content in (files or {}).items():
        contents.pop(path, None)
        if content is not None:
            contents[path] = content
    evidence = evidence_of(migration, Tree.of(contents), plan)
    return next(check for check in verify(evidence) if check.name == name)


def test_every_check_passes_on_a_migration(migration: Migration) -> None:
    outcomes = verify(evidence_of(migration))
    assert len(outcomes) == len(CHECKS) - 4  # nothing is split; no Dagster, no dbt, no containers
    assert [check.name for check in outcomes if not check.passed] == []
    assert all(check.measured == 0 and check.details == () for check in outcomes)


def edited(migration: Migration, path: str, old: bytes, new: bytes) -> bytes:
    content = migration.after.read(path)
    assert old in content
    return content.replace(old, new)


def test_parses_fails_on_a_file_that_was_broken(migration: Migration) -> None:
    check = checked(migration, "parses", {HELPER: b"def connect(:\n"})
    assert check.measured == 1
    assert HELPER in check.details[0]


def test_parses_does_not_count_what_never_parsed(migration: Migration) -> None:
    check = checked(migration, "parses")
    assert check.figures["never_parsed"] == ["__legacy/old/two.py"]


@pytest.mark.parametrize(
    "new",
    [b"from pipelines.utils.other import connect", b"from pipelines.utils import connect", b"pass"],
)
def test_imports_resolve_fails_on_an_import_that_was_lost(migration: Migration, new: bytes) -> None:
    content = edited(migration, MOVED, b"from pipelines.utils.db import connect", new)
    check = checked(migration, "imports-resolve", {MOVED: content})
    assert not check.passed
    assert HELPER in check.details[0]


def test_imports_resolve_fails_on_an_import_that_reaches_another_file(
    migration: Migration,
) -> None:
    content = edited(migration, MOVED, b"pipelines.utils.db", b"pipelines.utils.fake")
    fake = {"src/pipelines/utils/fake.py": b"def connect():\n    return 'fake'\n", MOVED: content}
    assert not checked(migration, "imports-resolve", fake).passed


def test_imports_resolve_fails_when_a_module_is_gone(migration: Migration) -> None:
    assert not checked(migration, "imports-resolve", {HELPER: None}).passed


def test_no_path_hacks_fails_on_one_that_is_left(migration: Migration) -> None:
    content = migration.after.read(HELPER) + b"import sys\nsys.path.append('x')\n"
    check = checked(migration, "no-path-hacks", {HELPER: content})
    assert check.measured == 1
    assert check.details == (f"{HELPER}:4: a path hack",)


def test_no_path_hacks_does_not_count_quarantine(migration: Migration) -> None:
    content = b"import sys\nsys.path.append('x')\n"
    assert checked(migration, "no-path-hacks", {"__legacy/old/attempt.py": content}).passed


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (HELPER, b'"connected"', b'"connected "'),
        (HELPER, b"def connect():", b"def connect(x=1):"),
        (MOVED, b"print(connect())", b"print(connect(), 1)"),
        (MOVED, b"print(connect())", b"pass"),
        (MOVED, b'if __name__ == "__main__":\n    main()\n', b""),
        (MOVED, b"def main():", b"import os\nos.getcwd()\ndef main():"),
        (MOVED, b"def main():", b"async def main():"),
    ],
)
def test_code_unchanged_fails_on_code_that_differs(
    migration: Migration, path: str, old: bytes, new: bytes
) -> None:
    check = checked(migration, "code-unchanged", {path: edited(migration, path, old, new)})
    assert not check.passed
    assert path in check.details[0]


def test_code_unchanged_fails_on_a_file_that_is_gone(migration: Migration) -> None:
    assert not checked(migration, "code-unchanged", {HELPER: None}).passed


def _with_edit(migration: Migration, text: str, replacement: str, kind: str) -> Check:
    """Check a plan with one more edit, which takes ``text`` out of the helper."""
    source = migration.before.read("utils/db.py").decode()
    start = source.index(text)
    edit = Edit(start, start + len(text), replacement, kind)
    after = source.replace(text, replacement).encode()
    recorded = replace(migration.plan.edits[0], path=HELPER, edits=(edit,))
    plan = replace(migration.plan, edits=(*migration.plan.edits, recorded))
    return checked(migration, "code-unchanged", {HELPER: after}, plan)


@pytest.mark.parametrize("kind", ["path-hack", "import", "file-path", "import-use"])
def test_code_unchanged_fails_on_an_edit_that_takes_business_logic_away(
    migration: Migration, kind: str
) -> None:
    """That an edit is recorded does not make it right."""
    check = _with_edit(migration, '    return "connected"\n', "    pass\n", kind)
    assert not check.passed


@pytest.mark.parametrize(
    "kind",
    [
        "import-use",
        "file-path",
    ],
)
def test_code_unchanged_fails_on_an_edit_of_an_expression_that_is_no_path(
    migration: Migration, kind: str
) -> None:
    check = _with_edit(migration, '"connected"', '"hacked"', kind)
    assert not check.passed


def test_everything_accounted_for_fails_on_a_lost_file(migration: Migration) -> None:
    check = checked(migration, "everything-accounted-for", {"__legacy/old/attempt.py": None})
    assert any("is missing" in detail for detail in check.details)


def test_everything_accounted_for_fails_on_a_file_from_nowhere(migration: Migration) -> None:
    check = checked(migration, "everything-accounted-for", {"stray.txt": b""})
    assert check.details == ("stray.txt came from nowhere",)


def test_everything_accounted_for_fails_on_a_change_without_a_record(migration: Migration) -> None:
    check = checked(
        migration, "everything-accounted-for", {"__legacy/old/attempt.py": b"print(2)\n"}
    )
    assert check.details == ("__legacy/old/attempt.py changed without a record of it",)


def test_everything_accounted_for_fails_on_a_package_marker_with_code(
    migration: Migration,
) -> None:
    stray = {"tests/__init__.py": b"print('from nowhere')\n"}
    assert not checked(migration, "everything-accounted-for", stray).passed


def test_everything_accounted_for_fails_on_a_plan_that_forgets_a_file(
    migration: Migration,
) -> None:
    plan = replace(migration.plan, kept=migration.plan.kept[1:])
    assert not checked(migration, "everything-accounted-for", plan=plan).passed


def test_everything_accounted_for_fails_on_a_plan_that_names_a_file_twice_and_forgets_one(
    migration: Migration,
) -> None:
    kept = migration.plan.kept
    plan = replace(migration.plan, kept=(*kept[1:], Kept(kept[-1].path, "x", "y")))
    assert not checked(migration, "everything-accounted-for", plan=plan).passed


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("pipelines.nowhere:main", "there is no module"),
        ("pipelines.scripts.load:other", "has no other"),
        ("pipelines.scripts:main", ""),
        ("pipelines.scripts.load", ""),
    ],
)
def test_entry_points_resolve_fails_on_one_that_leads_nowhere(
    migration: Migration, target: str, said: str
) -> None:
    text = f'[project]\nname = "x"\n[project.scripts]\nload = "{target}"\n'
    check = checked(migration, "entry-points-resolve", {"pyproject.toml": text.encode()})
    assert not check.passed
    assert said in check.details[0]


@pytest.mark.parametrize(
    "text", ["[project]\nscripts = 3\n", "[project\n", "project = []\n", "tool = 1\n"]
)
def test_entry_points_of_a_project_that_makes_no_sense(migration: Migration, text: str) -> None:
    checked(migration, "entry-points-resolve", {"pyproject.toml": text.encode()})


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"stray/code.py": b""}, "code outside of the package"),
        ({"stray.py": b""}, "code outside of the package"),
        ({"src/pipelines/utils/__init__.py": None}, "no __init__.py"),
        ({"pyproject.toml": None}, "no pyproject.toml"),
        (
            {"src/pipelines/bad.py": b"from __legacy.old import attempt\n"},
            "which is in quarantine",
        ),
    ],
)
def test_layout_rules_fail_on_what_contradicts_the_layout(
    migration: Migration, files: Mapping[str, bytes | None], said: str
) -> None:
    check = checked(migration, "layout-rules", files)
    assert any(said in detail for detail in check.details), check.details


def test_without_the_state_before_only_what_can_be_told_is_checked(migration: Migration) -> None:
    outcomes = verify(Evidence(take_inventory(migration.after), SRC_LAYOUT, "pipelines"))
    names = {check.name for check in outcomes}
    assert names == {
        "parses",
        "imports-resolve",
        "no-path-hacks",
        "entry-points-resolve",
        "layout-rules",
    }


def test_parses_counts_what_was_broken_before_anything_moved(migration: Migration) -> None:
    contents = {path: migration.after.read(path) for path in migration.after}
    after = Tree.of({**contents, HELPER: b"def connect(:\n"})
    evidence = evidence_of(migration, after)
    assert evidence.before is not None
    broken = replace(evidence, original=evidence.before, before=evidence.after)
    check = next(check for check in verify(broken) if check.name == "parses")
    assert [detail.partition(":")[0] for detail in check.details] == [HELPER]
