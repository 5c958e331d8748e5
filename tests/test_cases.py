"""Every folder of ``cases/`` is a repository before and after: add a folder to add a case.

``case.yml`` says in a sentence what happens, and lists the options, the findings by code and the
console scripts. The tree ``after`` holds what moves, rewrites and conversions give, without the
files that are new.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options, Plan
from relayout.recipes import Recipe
from relayout.rendering import ANSWERS, Rendering
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Evidence, verify

CASES = Path(__file__).parent / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir())


def read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_case(name: str) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load((CASES / name / "case.yml").read_text(encoding="utf-8"))
    return case


def recipe_of(name: str) -> Recipe:
    layout = read_case(name).get("options", {}).get("layout", "src-layout")
    return load_recipe(layout, recipes_folder(find_suite()))


def migrate_case(name: str) -> Migration:
    said = read_case(name).get("options", {})
    recipe = recipe_of(name)
    schemas = said.get("schema_packages", {})
    options = Options(
        layout=recipe.layout,
        package=said.get("package", ""),
        place=tuple((pattern, target) for pattern, target in said.get("place", [])),
        quarantine=tuple(said.get("quarantine", [])),
        keep=tuple(said.get("keep", [])),
        schema_packages=tuple((package, tuple(labels)) for package, labels in schemas.items()),
        shims=said.get("shims"),
    )
    before = Tree.of(read_tree(CASES / name / "before"))
    return migrate(before, recipe, options, projects_of if recipe.project else lambda plan: None)


def projects_of(plan: Plan) -> Rendering:
    """Return the least that a template gives a layout of several packages: projects and answers."""
    text = '[project]\nname = "{}"\nversion = "1"\n'
    files = {home.pyproject: text.format(home.package).encode() for home in plan.homes}
    files[ANSWERS] = b"layout: monorepo\npackage_manager: uv\n"
    return Rendering(files, frozenset())


@pytest.mark.parametrize("name", NAMES)
def test_the_tree_after_is_the_expected_one(name: str) -> None:
    migration = migrate_case(name)
    tree = migration.converted
    made = {path for path in migration.plan.additions if path not in migration.rewritten}
    after = {path: tree.read(path) for path in tree if path not in made}
    assert after == read_tree(CASES / name / "after")


@pytest.mark.parametrize("name", NAMES)
def test_findings_and_scripts_are_the_expected_ones(name: str) -> None:
    case, migration = read_case(name), migrate_case(name)
    assert Counter(f.code for f in migration.plan.findings) == case.get("findings", {})
    assert dict(migration.plan.scripts) == case.get("scripts", {})


@pytest.mark.parametrize("name", NAMES)
def test_the_result_verifies(name: str) -> None:
    migration = migrate_case(name)
    after = take_inventory(migration.after)
    plan = migration.plan
    before, original = migration.inventory, migration.original
    evidence = Evidence(
        after,
        recipe_of(name),
        plan.package,
        before,
        plan,
        original=original,
        split=migration.split,
    )
    checks = verify(evidence)
    expected = set(read_case(name).get("falls_short", [])) | {"layout-rules"}
    assert {check.name for check in checks if not check.passed} <= expected
    broken = [d for c in checks if c.name == "layout-rules" for d in c.details]
    if "layout-rules" in read_case(name).get("falls_short", []):
        assert broken
        return
    assert all("pyproject.toml" in detail for detail in broken), broken


@pytest.mark.parametrize("name", NAMES)
def test_a_second_plan_moves_and_edits_nothing(name: str) -> None:
    migration = migrate_case(name)
    said = read_case(name).get("options", {})
    options = Options(
        "src-layout", migration.plan.package, keep=tuple(t for _, t in said.get("place", []))
    )
    again = migrate(migration.after, recipe_of(name), options, lambda plan: None)
    assert again.plan.moves == ()
    assert again.plan.edits == ()
