"""Templates for new pipelines, made out of those of a repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from relayout.conversions.pipeline_template import PipelineTemplate, make_template
from relayout.errors import Refusal
from relayout.git_refusals import git_refusals
from relayout.per_file import PerFile, one_by_one
from relayout.readiness import BRANCHES, require_ready
from relayout.repository import opened
from relayout.single_commits import commit_on_branch, inventory_of_head


@dataclass(frozen=True, slots=True)
class Templated:
    """A template that was made, and the branch that has it."""

    template: PipelineTemplate
    branch: str
    commit: str
    base_branch: str


def template_pipeline(pipeline: Path, name: str = "", per_file: PerFile = one_by_one) -> Templated:
    """Make a template out of the pipeline in a folder, on a branch of its own. Raises Refusal.

    ``name`` is that of the template, or empty for the pipeline's. Until the branch stands complete,
    nothing but new objects in git's store is written.
    """
    path, folder = _located(pipeline)
    with opened(path) as repository, git_refusals():
        base_branch = require_ready(repository)
        inventory = inventory_of_head(repository, per_file)
        template = make_template(inventory, folder, name)
        branch = f"{BRANCHES}template-{template.folder.rpartition('/')[2]}"
        tree, message = inventory.tree, _message(template)
        after = template.of(tree)
        commit = commit_on_branch(repository, after, tree, message, branch, base_branch)
        return Templated(template, branch, commit, base_branch)


def _located(pipeline: Path) -> tuple[Path, str]:
    """Return the top folder of the repository, and the pipeline's path in it. Raises Refusal."""
    place = pipeline.absolute()
    for above in (place, *place.parents):
        if (above / ".git").exists():
            return above, place.relative_to(above).as_posix().removeprefix(".")
    raise Refusal(
        f"{pipeline} is in no git repository",
        "Name the folder of a pipeline: relayout template pipelines/NAME",
    )


def _message(template: PipelineTemplate) -> str:
    name = template.folder.rpartition("/")[2]
    return f"Make the pipeline {template.pipeline} a template, {name}\n"
