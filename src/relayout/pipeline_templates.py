"""Templates for new pipelines, made out of those of a repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from relayout.cache import Cache, engine_fingerprint
from relayout.conversions.pipeline_template import PipelineTemplate, make_template
from relayout.errors import Refusal
from relayout.git_refusals import git_refusals
from relayout.inventory import take_inventory
from relayout.per_file import PerFile, one_by_one
from relayout.planning.plan import Options
from relayout.readiness import BRANCHES, require_no_branch, require_ready
from relayout.repository import opened
from relayout.state import SWITCHING, State
from relayout.suite import find_suite
from relayout.switching import switch_to


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
        tree = repository.tree(repository.head())
        repository.read_ahead(tree)
        known = Cache(repository.git_dir, engine_fingerprint(find_suite())).facts()
        template = make_template(take_inventory(tree, per_file, known), folder, name)
        branch = f"{BRANCHES}template-{template.folder.rpartition('/')[2]}"
        require_no_branch(repository, branch)
        base = repository.head()
        commit = repository.commit(template.of(tree), tree, base, _message(template))
        options = Options(layout="")  # that of the repository stays as it is
        switch_to(repository, State(SWITCHING, branch, commit, base_branch, base, options, ()))
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
