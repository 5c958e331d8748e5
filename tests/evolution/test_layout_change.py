"""Another layout: real renderings, a user's edits in them, and a real merge, for every pair.

What only one layout runs is refused; without it, every pair is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import tomlkit
import yaml

from relayout.errors import Refusal
from relayout.evolution.layout_change import LayoutChange, Sides, change_layout
from relayout.evolution.layout_moves import counterparts_of
from relayout.evolution.parts import Parts, load_parts
from relayout.inventory import take_inventory
from relayout.rendering import LAYOUTS
from relayout.repository import opened
from relayout.settled_merge import settled_merge
from relayout.suite import find_suite, load_recipe, recipes_folder, render
from relayout.three_way import Labels, TreeMerge
from relayout.tree import EXECUTABLE, Tree
from relayout.verification import verify
from relayout.verification.evidence import Evidence
from workbench import build_tree, git

ANSWERS = ".copier-answers.yml"
PROJECT = "pyproject.toml"
PACKAGE = "store"
PAIRS = list(permutations(LAYOUTS, 2))

HOME = {
    "src-layout": f"src/{PACKAGE}",
    "batch-streaming": f"src/{PACKAGE}",
    "dagster": f"src/{PACKAGE}",
    "monorepo": f"packages/{PACKAGE}/src/{PACKAGE}",
    "pipeline-centric": "pipelines/orders/scripts",
}
ADDED = {
    "src-layout": f"from {PACKAGE}.loading import db\n",
    "batch-streaming": f"from {PACKAGE}.etl import layers\n",
    "dagster": f"from {PACKAGE}.utils import tables\n",
    "monorepo": f"from etl_core import job\nfrom {PACKAGE}.support import tables\n",
    "pipeline-centric": "from pipelines.shared.utilities import common_transforms\n",
}
EDITED = {
    "src-layout": f"src/{PACKAGE}/order_list/transform.py",
    "batch-streaming": f"src/{PACKAGE}/etl/transform.py",
    "dagster": f"src/{PACKAGE}/utils/cleaning.py",
    "monorepo": f"packages/{PACKAGE}/src/{PACKAGE}/support/tables.py",
    "pipeline-centric": "pipelines/shared/utilities/common_transforms.py",
}
OF_THE_LAYOUT = {
    "src-layout": "tools/validate_flows.py",
    "batch-streaming": "tools/compile_requirements.py",
    "dagster": ".dagster_home/dagster.yaml",
    "monorepo": "tools/for_each.py",
    "pipeline-centric": "platform/orchestration/run.py",
}
BOUND = {
    "dagster": rf"src/{PACKAGE}/definitions\.py|tests/(conftest|test_(assets|def.*|jobs))\.py",
    "batch-streaming": r"orchestration/airflow/dags/.*\.py|tests/unit/test_orchestration/.*",
}
REFUSED = [p for p in PAIRS if p[0] in BOUND and p != ("dagster", "pipeline-centric")]
EDIT = "\n\nEDITED_HERE = True\n"


@cache
def rendered(layout: str, *, sample: bool) -> Tree:
    answers = {"layout": layout, "package": PACKAGE, "adopt": False, "author_name": "Ann"}
    if layout == "pipeline-centric":
        del answers["package"]
    if not sample:
        answers["pipeline"] = ""
    rendering = render(str(find_suite()), answers)
    return Tree.of(rendering.files).with_modes(dict.fromkeys(rendering.executable, EXECUTABLE))


def answers_in(tree: Tree) -> dict[str, Any]:
    answers: dict[str, Any] = yaml.safe_load(tree.read(ANSWERS))
    return answers


def project_path(layout: str) -> str:
    return f"packages/{PACKAGE}/{PROJECT}" if layout == "monorepo" else PROJECT


def with_edits(layout: str) -> Tree:
    """Return a repository of a layout: a module and a requirement are new, others were edited."""
    tree = rendered(layout, sample=True)
    bound = re.compile(BOUND.get(layout, "-"))
    tree = tree.without([path for path in tree if bound.fullmatch(path)])
    project = tomlkit.parse(tree.read(project_path(layout)).decode())
    project["project"].setdefault("dependencies", []).append("tenacity>=9")
    contents = {
        f"{HOME[layout]}/mine.py": ADDED[layout].encode(),
        EDITED[layout]: tree.read(EDITED[layout]) + EDIT.encode(),
        project_path(layout): tomlkit.dumps(project).encode(),
    }
    if layout == "pipeline-centric":
        contents |= {f"{HOME[layout]}/__init__.py": b"", "pipelines/orders/__init__.py": b""}
    tree = tree.with_content(contents)
    settings = tree.read(PROJECT).replace(b"line-length = 100", b"line-length = 88")
    return tree.with_content({PROJECT: settings})


@cache
def table() -> Parts:
    return load_parts((find_suite() / "migrations/parts.yml").read_text(encoding="utf-8"))


def changed(ours: Tree, old: str, new: str) -> LayoutChange:
    base, theirs = rendered(old, sample=True), rendered(new, sample=False)
    recipe = load_recipe(new, recipes_folder(find_suite()))
    sides = Sides(base, ours, theirs)
    return change_layout(sides, answers_in(base), answers_in(theirs), table(), recipe)


@pytest.fixture
def merging(tmp_path: Path) -> Iterator[TreeMerge]:
    build_tree(tmp_path, {"README.md": ""})
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "One")
    with opened(tmp_path) as repository:
        yield TreeMerge(repository)


def merged(merging: TreeMerge, change: LayoutChange) -> tuple[Tree, list[str]]:
    """Return the tree that a real merge makes of the sides, and the paths with conflicts."""
    sides = change.sides
    labels = Labels("before", "yours", "after")
    merge, _ = settled_merge(merging, sides.base, sides.ours, sides.theirs, labels)
    return merge.tree, [one.path for one in merge.unmerged]


def falls_short(tree: Tree, layout: str) -> dict[str, tuple[str, ...]]:
    recipe = load_recipe(layout, recipes_folder(find_suite()))
    package = str(answers_in(tree).get("package", "pipelines"))
    checks = verify(Evidence(take_inventory(tree), recipe, package))
    return {check.name: check.details for check in checks if not check.passed}


def document(tree: Tree, path: str) -> Mapping[str, Any]:
    return tomlkit.parse(tree.read(path).decode()).unwrap()


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=map("-to-".join, PAIRS))
def test_code_comes_along_and_the_repository_verifies(
    old: str, new: str, merging: TreeMerge
) -> None:
    ours = with_edits(old)
    change = changed(ours, old, new)
    tree, conflicts = merged(merging, change)
    assert conflicts == []
    assert falls_short(tree, new) == {}
    mine, edited = (change.moves.get(p, p) for p in (f"{HOME[old]}/mine.py", EDITED[old]))
    assert tree.read(mine).count(b"import") == ADDED[old].count("import")
    assert tree.read(edited).decode().endswith(EDIT)
    assert OF_THE_LAYOUT[old] not in tree
    assert OF_THE_LAYOUT[new] in tree or OF_THE_LAYOUT[new] not in change.sides.theirs
    assert "tenacity>=9" in document(tree, project_path(new))["project"]["dependencies"]
    assert document(tree, PROJECT)["tool"]["ruff"]["line-length"] == 88
    added = [path for path in ours if path not in rendered(old, sample=True)]
    assert [path for path in added if change.moves.get(path, path) not in tree] == []


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=map("-to-".join, PAIRS))
def test_what_is_rendered_without_a_sample_is_the_layouts_own(old: str, new: str) -> None:
    """But for the project, and what the package says of itself: these are carried over."""
    tree, bare = (rendered(old, sample=sample) for sample in (True, False))
    answers = answers_in(tree)
    found = counterparts_of(tree, answers, {**answers, "layout": new}, table())
    carried_over = {project_path(old), "pipelines/__init__.py"}
    assert {path for path in bare if path in tree and not found.is_own(path)} <= carried_over


def test_files_of_a_users_own_templates_are_no_modules_of_the_package() -> None:
    folder = "pipelines/_templates/mine"
    base = rendered("pipeline-centric", sample=True)
    files = {f"{folder}/copier.yml": b"name: a\n", f"{folder}/load.py": b"A = 1\n"}
    change = changed(base.with_content(files), "pipeline-centric", "src-layout")
    found = {p for p in change.sides.ours if "_templates" in p and p not in change.sides.theirs}
    assert found == {change.moves[path] for path in files}


@pytest.mark.parametrize(("old", "new"), REFUSED, ids=map("-to-".join, REFUSED))
def test_a_sample_that_only_its_layout_runs_is_refused(old: str, new: str) -> None:
    with pytest.raises(Refusal, match=f"the layout {new} has no place for what is here of {old}"):
        changed(rendered(old, sample=True), old, new)


def test_definitions_are_a_code_location_of_the_platform() -> None:
    change = changed(rendered("dagster", sample=True), "dagster", "pipeline-centric")
    place = f"pipelines/{PACKAGE}/orchestration/definitions.py"
    assert change.moves[f"src/{PACKAGE}/definitions.py"] == place
    text = change.sides.ours.read(place).decode()
    assert f"pipelines.{PACKAGE}.orchestration" in text
    assert f"pipelines/{PACKAGE}/__init__.py" in change.sides.ours


def test_console_scripts_and_requirements_of_the_sample_stay(merging: TreeMerge) -> None:
    base = rendered("src-layout", sample=True)
    tree, _ = merged(merging, changed(base, "src-layout", "monorepo"))
    was = document(base, PROJECT)["project"]
    now = document(tree, project_path("monorepo"))["project"]
    assert now["scripts"] == was["scripts"]
    assert now["dependencies"] == was["dependencies"]
    assert tomlkit.parse(tree.read(PROJECT).decode())["tool"]["uv"]["workspace"]


def test_what_was_edited_of_the_old_layout_is_kept_and_told_of() -> None:
    base = rendered("src-layout", sample=True)
    tool = OF_THE_LAYOUT["src-layout"]
    ours = base.with_content({tool: base.read(tool) + b"# mine\n"})
    change = changed(ours, "src-layout", "dagster")
    assert change.sides.ours.read(tool).endswith(b"# mine\n")
    assert tool not in change.sides.base
    told = [finding.path for finding in change.findings if finding.code == "layout-file-kept"]
    assert told == [tool]


def test_what_was_deleted_stays_deleted(merging: TreeMerge) -> None:
    ours = rendered("src-layout", sample=True).without([".pre-commit-config.yaml"])
    tree, conflicts = merged(merging, changed(ours, "src-layout", "dagster"))
    assert conflicts == []
    assert ".pre-commit-config.yaml" not in tree
    assert "Makefile" in tree


def test_an_edit_and_the_new_layout_in_one_line_are_a_conflict(merging: TreeMerge) -> None:
    base = rendered("src-layout", sample=True)
    edited = base.read("Makefile").replace(b".PHONY:", b".PHONY: ours", 1)
    ours = base.with_content({"Makefile": edited})
    tree, conflicts = merged(merging, changed(ours, "src-layout", "monorepo"))
    assert conflicts == ["Makefile"]
    text = tree.read("Makefile").decode()
    assert "\n.PHONY: ours" in text
    assert ">>>>>>> after" in text


def test_components_become_code_of_the_repository_and_are_told_of() -> None:
    base = rendered("src-layout", sample=True)
    path = f"src/{PACKAGE}/stock/{ANSWERS}"
    recorded = "layout: src-layout\nscope: pipeline\npipeline: stock\n"
    files = {path: recorded.encode(), f"src/{PACKAGE}/stock/scripts/load.py": b""}
    change = changed(base.with_content(files), "src-layout", "pipeline-centric")
    assert "pipelines/stock/scripts/load.py" in change.sides.ours
    assert not [p for p in change.sides.ours if p.endswith(ANSWERS) and p != ANSWERS]
    assert "component-taken-in" in {finding.code for finding in change.findings}


def test_what_is_in_no_part_goes_where_the_recipe_says() -> None:
    base = rendered("src-layout", sample=True)
    ours = base.with_content({"nbs/explore.ipynb": b'{"cells": []}', "uv.lock": b"version = 1\n"})
    change = changed(ours, "src-layout", "batch-streaming")
    assert change.moves["nbs/explore.ipynb"] == "notebooks/explore.ipynb"
    assert "uv.lock" in change.sides.ours
    assert "lock-outdated" in {finding.code for finding in change.findings}


def test_projects_of_a_monorepo_are_told_of_when_they_are_joined() -> None:
    change = changed(rendered("monorepo", sample=True), "monorepo", "src-layout")
    told = [finding.path for finding in change.findings if finding.code == "project-joined"]
    assert told == ["packages/etl_core/pyproject.toml"]
    wheel = document(change.sides.ours, PROJECT)["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == [f"src/{PACKAGE}", "src/etl_core"]


def test_nothing_is_looked_at_but_the_trees_that_are_handed_over() -> None:
    """The same trees give the same sides, byte by byte."""
    ours = with_edits("src-layout")
    first, second = (changed(ours, "src-layout", "monorepo") for _ in range(2))
    for one, other in zip(vars(first.sides).values(), vars(second.sides).values(), strict=True):
        assert {path: one[path] for path in one} == {path: other[path] for path in other}
    assert first.findings == second.findings
