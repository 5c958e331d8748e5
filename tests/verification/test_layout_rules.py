"""The rules of the monorepo: what no package may hold, and what each one needs."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification.entry_points_resolve import check_entry_points_resolve
from relayout.verification.evidence import Check, Evidence
from relayout.verification.layout_rules import check_layout_rules
from workbench import SUITE

MONOREPO = load_recipe("monorepo", recipes_folder(SUITE))
SCRIPTS = '[project.scripts]\nload = "{}.load:main"\n'
GOOD = {
    "packages/a/pyproject.toml": SCRIPTS.format("a"),
    "packages/a/src/a/__init__.py": "",
    "packages/a/src/a/load.py": "def main(): ...\n",
    "packages/a/tests/test_load.py": "",
    "packages/a/legacy_django/manage.py": "",
    "tools/check.py": "",
}


def rules(files: dict[str, str]) -> Check:
    return check_layout_rules(Evidence(take_inventory(Tree.of(files)), MONOREPO, "a"))


def test_a_tidy_workspace_passes() -> None:
    assert rules(GOOD).details == ()


def test_what_breaks_a_rule_is_named() -> None:
    for path, said in {
        "packages/a/src/a/settings.py": "no module of a package may have this name",
        "packages/a/src/a/views.py": "no module of a package may have this name",
        "packages/a/src/a/management/commands/load.py": "commands of a package stand in cli/",
        "packages/a/src/a/s3/client.py": "packages/a/src/a/s3/ has modules and no __init__.py",
        "packages/a/load.py": "packages/a/load.py is code outside of the package",
        "load.py": "load.py is code outside of the package",
        "packages/b/src/b/__init__.py": "there is no packages/b/pyproject.toml",
    }.items():
        details = rules({**GOOD, path: ""}).details
        assert any(said in detail for detail in details), (path, details)


def test_the_scripts_of_every_package_have_to_lead_somewhere() -> None:
    other = {
        "packages/b/pyproject.toml": SCRIPTS.format("b"),
        "packages/b/src/b/__init__.py": "",
    }
    after = take_inventory(Tree.of({**GOOD, **other}))
    details = check_entry_points_resolve(Evidence(after, MONOREPO, "a")).details
    assert details == (
        "load: two projects have this script",
        "load = b.load:main: there is no module b.load",
    )
