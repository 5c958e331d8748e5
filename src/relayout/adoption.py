"""Plan, adopt, verify and undo: the public functions, and the only place where effects happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import relayout
from relayout.cache import Cache, engine_fingerprint, plan_key
from relayout.commits import write_commits
from relayout.detection import detect_answers, detect_layout
from relayout.errors import Refusal
from relayout.git_refusals import git_refusals
from relayout.inventory import facts_by_blob, take_inventory
from relayout.migration import Migration, migrate
from relayout.per_file import PerFile, one_by_one
from relayout.planning.document import plan_from_yaml
from relayout.planning.plan import Finding, Options, Plan, Written
from relayout.planning.service_data import with_service_places
from relayout.readiness import BRANCHES, require_finished, require_no_branch, require_ready
from relayout.recipes import Recipe
from relayout.rendering import ANSWERS, Rendering, own_answers
from relayout.repository import GitError, Repository, opened
from relayout.state import SWITCHING, State, load_state
from relayout.suite import built_layouts, find_suite, load_recipe, recipes_folder, render
from relayout.switching import left_behind, switch_back, switch_to
from relayout.tree import Tree
from relayout.verification import Check, Evidence
from relayout.verification import verify as run_checks

_COMPARING = frozenset(
    {
        "imports-resolve",
        "code-unchanged",
        "everything-accounted-for",
        "references-resolve",
        "requirements-kept",
        "mounts-resolve",
        "dagster-definitions",
        "dbt-unchanged",
    }
)
"""Checks that compare before and after: with what adoption made, whatever came since."""

_RENDERED = ("copier.yml", "template")
"""What of a suite decides what it renders."""

_NEVER_RENDERED = frozenset({"LICENSE"})
"""Rendered files that an existing repository does not get: whose code it is, it decides itself."""


@dataclass(frozen=True)
class Request:
    """What a person asks for.

    ``answers`` are answers to the template's questions; those that begin with an underscore
    record where the template came from. ``plan_file`` is a plan that was written before.
    """

    path: Path
    options: Options
    answers: Mapping[str, Any]
    suite: str = ""
    plan_file: Path | None = None


@dataclass(frozen=True)
class Adoption:
    """What an adoption did; ``branch`` is empty if there was nothing to do."""

    migration: Migration
    checks: tuple[Check, ...]
    branch: str = ""
    commits: tuple[str, ...] = ()
    base_branch: str = ""
    left_behind: tuple[str, ...] = ()
    """Untracked and ignored paths that lie in folders whose files have moved."""

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True)
class Planned:
    """A plan, and the tree that it is for."""

    before: Tree
    plan: Plan


def plan(request: Request, per_file: PerFile = one_by_one) -> Planned:
    """Return what adopting would do to HEAD. Changes no file. Raises Refusal.

    The plan for a tree that was asked about before, in the same words, comes from the cache.
    """
    with opened(request.path) as repository, git_refusals():
        request, written = _with_written_plan(request)
        tree = repository.tree(repository.head())
        cache = _cache(repository)
        key = _question(repository, request, written, tree)
        known = cache.plan(key) if key else None
        if known is not None:
            require_finished(repository)
            return Planned(tree, known)
        migration = _migration(repository, tree, request, written, per_file, cache)
        if key:
            cache.save_plan(key, migration.plan)
        return Planned(tree, migration.plan)


def fitting_layout(path: Path) -> str:
    """Return the layout that a repository is on, or else the one that fits it. Raises Refusal."""
    with opened(path) as repository, git_refusals():
        tree = repository.tree(repository.head())
        recorded = str(own_answers(tree).get("layout", ""))
        return recorded if recorded in built_layouts(find_suite()) else detect_layout(tree)


def _question(repository: Repository, request: Request, written: Written | None, tree: Tree) -> str:
    """Return the key under which a plan is remembered; empty if the template is elsewhere."""
    if request.suite:
        return ""
    said = None
    if written is not None:
        said = [*map(astuple, written.moves.values()), *map(astuple, written.splits)]
    folder = repository.path.resolve().name
    options = astuple(request.options)
    return plan_key(tree, options, request.answers, said, folder, repository.is_shallow())


def _cache(repository: Repository) -> Cache:
    return Cache(repository.git_dir, engine_fingerprint(find_suite()))


def adopt(request: Request, per_file: PerFile = one_by_one) -> Adoption:
    """Move a repository into a layout, on a branch of its own. Raises Refusal.

    Until the branch stands complete, nothing but new objects in git's store is written.
    """
    with opened(request.path) as repository, git_refusals():
        base_branch = require_ready(repository)
        request, written = _with_written_plan(request)
        tree = repository.tree(repository.head())
        cache = _cache(repository)
        migration = _migration(repository, tree, request, written, per_file, cache)
        if migration.plan.is_empty:
            return Adoption(migration, ())
        branch = f"{BRANCHES}{migration.plan.layout}"
        require_no_branch(repository, branch)
        checks = tuple(_checks_of(migration, _recipe(request), per_file))
        base = repository.head()
        commits = write_commits(repository, migration, base)
        options = replace(request.options, package=migration.plan.package)
        state = State(
            SWITCHING,
            branch,
            commits[-1],
            base_branch,
            base,
            options,
            migration.plan.moves,
            migration.plan.splits,
        )
        switch_to(repository, state)
        left = left_behind(repository, migration.plan)
        return Adoption(migration, checks, branch, tuple(commits), base_branch, left)


def verify(path: Path, layout: str = "", per_file: PerFile = one_by_one) -> list[Check]:
    """Return the outcome of every check on HEAD. Raises Refusal.

    What compares with the state before is checked if this clone remembers the adoption.
    """
    with opened(path) as repository:
        require_finished(repository)
        tree = repository.tree(repository.head())
        state = load_state(repository.git_dir)
        answers = own_answers(tree)
        layout = layout or str(answers.get("layout", "")) or (state and state.options.layout) or ""
        if not layout:
            raise Refusal(
                f"{path} is on no layout that relayout knows",
                "Adopt it first, or name the layout to check against: --layout NAME",
            )
        recipe = load_recipe(layout, recipes_folder(find_suite()))
        repository.read_ahead(tree)
        known = _cache(repository).facts()
        after = take_inventory(with_service_places(tree, recipe), per_file, known)
        known.update(facts_by_blob(after))
        is_compared = state is not None and state.is_adoption and state.options.layout == layout
        if state is None or not is_compared or not _is_ancestor(repository, state.result):
            package = str(answers.get("package", "pipelines"))
            return run_checks(Evidence(after, recipe, package))
        written = Written({move.source: move for move in state.moves}, state.splits)
        base = repository.tree(state.base)
        repository.read_ahead(base)
        migration = migrate(
            base, recipe, state.options, _nothing_rendered, written, per_file, known
        )
        result = repository.tree(state.result)
        added = {p: b"" for p in result if p not in migration.moved}
        additions = {**added, **migration.plan.additions, **_merged(base, result)}
        recorded = replace(migration.plan, additions=additions)
        package = migration.plan.package
        before, original = migration.inventory, migration.original
        now = Evidence(
            after, recipe, package, before, recorded, per_file, original, migration.split
        )
        placed = with_service_places(result, recipe)
        adopted = replace(now, after=take_inventory(placed, per_file, known))
        compared = {check.name: check for check in run_checks(adopted)}
        return [compared[c.name] if c.name in _COMPARING else c for c in run_checks(now)]


def undo(path: Path) -> str:
    """Return to the branch that the last adoption came from, and give its branch up.

    Returns a sentence that says what was done. Raises Refusal.
    """
    with opened(path) as repository, git_refusals():
        state = load_state(repository.git_dir)
        if state is None:
            raise Refusal(
                f"there is no adoption to undo in {path}",
                "Only the clone in which it was made remembers it.",
            )
        return switch_back(repository, state)


# -- planning


def _recipe(request: Request) -> Recipe:
    return load_recipe(request.options.layout, recipes_folder(find_suite()))


def _migration(
    repository: Repository,
    tree: Tree,
    request: Request,
    written: Written | None,
    per_file: PerFile,
    cache: Cache,
) -> Migration:
    require_finished(repository)
    if not len(tree):
        raise Refusal(f"{repository.path} has no files in HEAD", "There is nothing to adopt.")
    recipe = _recipe(request)
    recorded = own_answers(tree)
    on_layout = str(recorded.get("layout", ""))
    if on_layout and on_layout != request.options.layout:
        raise Refusal(
            f"this repository is on the layout {on_layout} already",
            "adopt is for a repository that is on no layout yet.",
        )
    if on_layout and not request.options.package:
        options = replace(request.options, package=str(recorded.get("package", "")))
        request = replace(request, options=options)

    def rendering(plan: Plan) -> Rendering | None:
        return None if on_layout else _render_for(tree, repository.path, request, plan)

    repository.read_ahead(tree)
    known = cache.facts()
    migration = migrate(tree, recipe, request.options, rendering, written, per_file, known)
    facts = facts_by_blob(migration.inventory)
    if facts.keys() != known.keys():
        cache.save_facts(facts)
    if repository.is_shallow():
        message = "this clone is shallow: git log --follow and git blame end where it was cut off"
        finding = Finding("shallow-clone", ".", 0, message, "git fetch --unshallow")
        findings = (finding, *migration.plan.findings)
        migration = replace(migration, plan=replace(migration.plan, findings=findings))
    return migration


def _with_written_plan(request: Request) -> tuple[Request, Written | None]:
    if request.plan_file is None:
        return request, None
    try:
        text = request.plan_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"the plan {request.plan_file} cannot be read: {error}") from None
    layout, package, written = plan_from_yaml(text, str(request.plan_file))
    options = replace(
        request.options,
        layout=layout or request.options.layout,
        package=request.options.package or package,
    )
    return replace(request, options=options), written


def _render_for(tree: Tree, path: Path, request: Request, plan: Plan) -> Rendering:
    answers = {
        **detect_answers(tree, path.resolve().name, plan.layout),
        **request.answers,
        "layout": plan.layout,
        "package": plan.package,
        "adopt": True,
    }
    suite = request.suite or str(find_suite())
    released = _release_of(Path(suite)) if not request.suite else ""
    if released:
        answers["_commit"] = released
    rendered = render(suite, answers)
    files = dict(rendered.files)
    executable = set(rendered.executable)
    placed = set(plan.targets.values())
    for home in plan.homes[1:]:
        if home.pyproject not in tree and home.pyproject not in placed:
            further = render(
                suite,
                {**answers, "scope": "package", "package": home.package},
                f"{home.project}/{ANSWERS}",
            )
            files |= further.files
            executable |= further.executable
    kept = {name: data for name, data in files.items() if name not in _NEVER_RENDERED}
    return Rendering(kept, frozenset(executable))


def _release_of(suite: Path) -> str:
    """Return the tag of the engine's version if the suite renders what that release does.

    A release is a commit of its own, so no branch tells its version. A suite that was installed has
    no history at all.
    """
    tag = f"v{relayout.__version__}"
    if not (suite / ".git").exists():
        return tag
    try:
        with opened(suite) as repository:
            named = [f"{revision}:{n}" for n in _RENDERED for revision in ("HEAD", tag)]
            ids = repository.git("rev-parse", *named).split()
    except (GitError, Refusal):
        return ""
    return tag if ids[::2] == ids[1::2] else ""


def _nothing_rendered(_: Plan) -> None:
    return None


# -- checking


def _checks_of(migration: Migration, recipe: Recipe, per_file: PerFile) -> list[Check]:
    known = {**facts_by_blob(migration.inventory), **migration.facts}
    after = take_inventory(migration.after, per_file, known)
    plan, before = migration.plan, migration.inventory
    return run_checks(
        Evidence(
            after, recipe, plan.package, before, plan, per_file, migration.original, migration.split
        )
    )


def _is_ancestor(repository: Repository, commit: str) -> bool:
    try:
        repository.git("merge-base", "--is-ancestor", commit, "HEAD")
    except GitError:
        return False
    return True


def _merged(base: Tree, tree: Tree) -> dict[str, bytes]:
    """Return the files that adoption merges in place, where they differ."""
    names = ("pyproject.toml", ".gitignore", ".dockerignore")
    return {n: b"" for n in names if n in base and n in tree and base[n].blob != tree[n].blob}
