"""``layout-rules``: the repository has the shape that its layout promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname

from relayout.inventory.shims import files_for_old_paths
from relayout.notebook import is_notebook
from relayout.planning.components import components
from relayout.planning.homes import home_of
from relayout.planning.pipeline_parts import pipeline_parts
from relayout.verification.evidence import Check, Evidence, outcome, placed

_PARTS = ("dbt", "orchestration", "scripts", "notebooks", "config", "docs", "data", "utilities")
"""Folders of a pipeline, and of what all pipelines share: each has at least one of them."""
_ROOT_MODULES = frozenset({"setup.py", "conftest.py", "noxfile.py"})


def check_layout_rules(evidence: Evidence) -> Check:
    """Count what contradicts the layout: code out of place, uses of quarantine, missing markers."""
    kept = {k.path for k in evidence.plan.kept if k.rule == "--keep"} if evidence.plan else set()
    problems = [*_out_of_place(evidence, kept), *_uses_of_quarantine(evidence)]
    homes = evidence.homes.all
    own = sorted(
        p for p in evidence.after.tree.modules - evidence.after.foreign if home_of(p, homes)
    )
    folders = {dirname(path) for path in own}
    problems += [
        f"{folder}/ has modules and no __init__.py"
        for folder in sorted(folders)
        if f"{folder}/__init__.py" not in evidence.after.tree
    ]
    problems += [
        f"there is no {home.pyproject}, so {home.package} cannot be installed"
        for home in homes
        if home.pyproject not in evidence.after.tree
    ]
    problems += _forbidden(evidence, own)
    problems += _no_pipelines(evidence)
    return outcome("layout-rules", problems)


def _services(evidence: Evidence) -> frozenset[str]:
    """Return the files of services that stay in folders of their own."""
    after, recipe, homes = evidence.after, evidence.recipe, evidence.homes
    sections: dict[str, str] = {}
    if recipe.gathers_pipelines:
        parts = pipeline_parts(after, recipe, homes)
        sections = {path: part.section for path, part in parts.items()}
    if recipe.sorts_components:
        sections = {path: c.section for path, c in components(after, recipe, homes).items()}
    return frozenset(path for path, section in sections.items() if section == "service")


def _out_of_place(evidence: Evidence, kept: set[str]) -> list[str]:
    problems = []
    elsewhere = files_for_old_paths(evidence.after) | _services(evidence)
    for path in evidence.after.python.keys() - elsewhere:
        inner = evidence.homes.of(path).inner(path)
        top = inner.partition("/")[0]
        if path in kept or inner in _ROOT_MODULES or not placed(path):
            continue
        if top == "src" or path.startswith(f"{evidence.homes.of(path).home.root}/"):
            continue
        if path in evidence.after.frameworks or is_notebook(path):
            continue
        if "/" not in inner or not evidence.recipe.is_outside(top):
            problems.append(f"{path} is code outside of the package")
    return sorted(problems)


def _no_pipelines(evidence: Evidence) -> Iterator[str]:
    """Yield folders among the pipelines that have none of the parts of one."""
    if not evidence.recipe.gathers_pipelines:
        return
    root = evidence.homes.main.home.root
    folders = evidence.after.tree.folders
    for folder in sorted(folder for folder in folders if dirname(folder) == root):
        parts = {f"{folder}/{part}" for part in _PARTS}
        if folder != f"{root}/_templates" and parts.isdisjoint(folders):
            yield f"{folder}/ has none of the parts of a pipeline"


def _forbidden(evidence: Evidence, own: Iterable[str]) -> Iterator[str]:
    """Yield the modules of packages that have a name which the layout gives to no active code."""
    for path in own:
        if path.rpartition("/")[2] in evidence.recipe.forbidden:
            yield f"{path}: no module of a package may have this name"
        if "/management/commands/" in path and evidence.recipe.forbidden:
            yield f"{path}: commands of a package stand in cli/"


def _uses_of_quarantine(evidence: Evidence) -> list[str]:
    return [
        f"{path}:{code.file_line(name.line)}: {name} needs {file}, which is in quarantine"
        for path, code in evidence.after.python.items()
        if placed(path)
        for name, resolution in evidence.after.resolutions(path)
        if resolution.works
        for file in resolution.files
        if not placed(file)
    ]
