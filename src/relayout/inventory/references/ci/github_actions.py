"""GitHub Actions: workflows and actions name scripts, folders, path filters and other workflows.

The syntax is that of
https://docs.github.com/en/actions/writing-workflows/workflow-syntax-for-github-actions and
https://docs.github.com/en/actions/sharing-automations/creating-actions/metadata-syntax-for-github-actions.
Paths count from the root of the repository, which is where the checkout lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from yaml.nodes import MappingNode, Node, SequenceNode

from relayout.inventory.configured_paths.values import ROOT as PLACE
from relayout.inventory.configured_paths.values import Mounts
from relayout.inventory.configured_paths.yaml_files import entries, text_of, value_of
from relayout.inventory.references.ci.github_values import (
    default_context,
    mounted_paths,
    named_nowhere,
    sparse_folders,
    written_values,
)
from relayout.inventory.references.ci.matrix import matrix_paths
from relayout.inventory.references.ci.path_filters import filter_patterns, hashed_files
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Dialect
from relayout.inventory.references.reference import Reference, beside
from relayout.inventory.references.spans.yaml_spans import documents_of
from relayout.tree import Tree

KIND = "github-actions"

_FILE = re.compile(r"(?:.*/)?\.github/workflows/[^/]+\.ya?ml|(?:.*/)?action\.ya?ml")
_FILTERS = ("paths", "paths-ignore")
_DIALECTS = {
    "bash": Dialect.POSIX, "sh": Dialect.POSIX, "pwsh": Dialect.POWERSHELL,
    "powershell": Dialect.POWERSHELL, "cmd": Dialect.BATCH,
}  # fmt: skip
_COMMANDS = frozenset({"command", "commands", "cmd", "run", "before-script", "pre-build-script"})
_NO_PATHS = re.compile(
    r"(?:^|[-_])(?:name|names|key|keys|image|images|tag|tags|repository|ref|branch|token|title|body"
    r"|message|labels?|version|script|registry|username|password|url|package|build-args|user|repo"
    r"|owner|environment|project|platforms?|type|slug)$"
)
_PATHS = re.compile(
    r"(?:^|[-_])(?:paths?|files?|dir|dirs|director(?:y|ies)|context|folders?|src|source|sources"
    r"|requirements|manifests?|args|config|configs|root|dockerfile|entrypoint|workdir|include"
    r"|exclude|targets?|inputs?|notebooks?|templates?|dbt-project)(?:$|[-_])"
)


def is_github_actions(path: str) -> bool:
    """Tell whether a file is a workflow or an action, by its path."""
    return bool(_FILE.fullmatch(path))


def read_github_actions(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a workflow or an action names."""
    page = Page(text, path, tree, KIND)
    for document in documents_of(text):
        yield from hashed_files(document, text, page.surroundings())
        around = page.variables(value_of(document, "env"), page.surroundings())
        yield from page.variable_paths(value_of(document, "env"), around)
        around = _defaults(document, around, page)
        yield from _folder(value_of(document, "defaults", "run"), page)
        for _, event in entries(value_of(document, "on")).values():
            for name in _FILTERS:
                yield from page.patterns(value_of(event, name), page.surroundings())
            yield from _defaults_of_inputs(event, page)
        for _, job in entries(value_of(document, "jobs")).values():
            yield from _job(job, around, page)
        if basename(path).startswith("action."):
            yield from _action(document, around, page)


def _job(job: Node, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield what a job names."""
    steps = _steps(job)
    around = _checked_out(steps, page.variables(value_of(job, "env"), around))
    yield from page.variable_paths(value_of(job, "env"), around)
    yield from page.paths(value_of(job, "uses"), page.surroundings(), plain=False)
    yield from mounted_paths(job, around, page)
    yield from _inputs(value_of(job, "with"), page.surroundings(), page)
    yield from _folder(value_of(job, "defaults", "run"), page)
    around = _defaults(job, around, page)
    yield from matrix_paths(value_of(job, "strategy", "matrix"), job, around, page)
    is_windows = "windows" in (text_of(value_of(job, "runs-on")) or "").lower()
    for step in steps:
        yield from _step(step, around, page, is_windows)


def _defaults_of_inputs(node: Node, page: Page) -> Iterator[Reference]:
    """Yield the paths that inputs are if nobody says something else, or may be chosen from."""
    for _, declared in entries(value_of(node, "inputs")).values():
        for name in ("default", "options"):
            yield from page.paths(value_of(declared, name), page.surroundings(), plain=False)


def _steps(node: Node | None) -> list[Node]:
    found = value_of(node, "steps")
    return list(found.value) if isinstance(found, SequenceNode) else []


def _defaults(node: Node, around: Surroundings, page: Page) -> Surroundings:
    """Return the surroundings with the defaults of a workflow or job."""
    defaults = value_of(node, "defaults", "run")
    around = page.entered(around, value_of(defaults, "working-directory"))
    shell = text_of(value_of(defaults, "shell"))
    return around if shell is None else _with_shell(around, shell)


def _with_shell(around: Surroundings, shell: str) -> Surroundings:
    return replace(around, scene=around.scene.with_variables({"run.shell": shell}))


def _folder(node: Node | None, page: Page) -> Iterator[Reference]:
    yield from page.paths(value_of(node, "working-directory"), page.surroundings())


def _checked_out(steps: list[Node], around: Surroundings) -> Surroundings:
    """Return the surroundings with the repository where a step checks it out."""
    for step in steps:
        uses, inputs = text_of(value_of(step, "uses")) or "", entries(value_of(step, "with"))
        if uses.startswith("actions/checkout@") and "repository" not in inputs:
            place = text_of(inputs.get("path", (None, None))[1])
            if place and place.strip("./"):
                mounts = Mounts(((f"{PLACE}/{place.strip('./')}", ""),))
                around = replace(around, scene=replace(around.scene, mounts=mounts))
                return around.entered(around.scene.here)
            return around
    return around


def _step(step: Node, around: Surroundings, page: Page, is_windows: bool) -> Iterator[Reference]:
    """Yield what a step names."""
    parts = entries(step)
    around = page.variables(value_of(step, "env"), around)
    yield from page.variable_paths(value_of(step, "env"), around)
    yield from _used(step, around, page)
    if "run" not in parts:
        return
    if "working-directory" in parts:
        yield from _folder(step, page)
        around = page.entered(around, value_of(step, "working-directory"))
    shell = text_of(value_of(step, "shell")) or around.scene.variables.get("run.shell")
    name = (shell or ("pwsh" if is_windows else "bash")).split(" ")[0]
    if name in _DIALECTS:
        yield from page.script(value_of(step, "run"), around, _DIALECTS[name])
        yield from written_values(value_of(step, "run"), around, page)


def _used(step: Node, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield what a step names that uses an action."""
    uses = text_of(value_of(step, "uses")) or ""
    if not uses:
        return
    at_root = replace(around, base=page.surroundings().base) if around.base else around
    yield from page.paths(value_of(step, "uses"), page.surroundings(), plain=False)
    inputs = value_of(step, "with")
    if uses.startswith("actions/checkout@"):
        yield from sparse_folders(inputs, page.surroundings(), page)
        return
    if uses.startswith("docker/build-push-action@"):
        yield from named_nowhere(inputs, at_root, page)
    yield from default_context(inputs, page.surroundings(), page)
    for name in ("filters", "files_yaml", "files_ignore_yaml"):
        yield from filter_patterns(value_of(inputs, name), page, at_root)
    yield from _inputs(inputs, at_root, page)


def _inputs(inputs: Node | None, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield the paths and commands that an action or workflow is given."""
    given = entries(inputs)
    folder = next((name for name in given if name.replace("_", "-") == "working-directory"), None)
    if folder is not None:
        yield from page.paths(given[folder][1], around)
        return
    for name, (_, value) in given.items():
        key = name.lower()
        if key in _COMMANDS:
            yield from page.script(value, around)
        elif key == "args" or (key == "script" and _is_word(text_of(value))):
            yield from page.paths(value, around, plain=False)
        elif not _NO_PATHS.search(key) and not _is_filter(key):
            yield from page.paths(value, around, plain=bool(_PATHS.search(key)))


def _is_word(text: str | None) -> bool:
    return text is not None and len(text.split()) == 1


def _is_filter(name: str) -> bool:
    return name in ("filters", "files_yaml", "files_ignore_yaml")


def _action(document: Node, around: Surroundings, page: Page) -> Iterator[Reference]:
    """Yield what the metadata of an action names, relative to its own folder."""
    folder = f"{PLACE}/{dirname(page.path)}".rstrip("/")
    names = ("github.action_path", "GITHUB_ACTION_PATH")
    variables: Mapping[str, str | None] = dict.fromkeys(names, folder)
    own = replace(
        around,
        scene=around.scene.with_variables(variables),
        of_file=frozenset({"action_path", "GITHUB_ACTION_PATH"}),
    )
    yield from _defaults_of_inputs(document, page)
    runs = value_of(document, "runs")
    for step in _steps(runs):
        if isinstance(step, MappingNode):
            yield from _step(step, own, page, is_windows=False)
    here = replace(own, base=beside(page.path))
    for name in ("main", "pre", "post", "image", "entrypoint"):
        yield from page.paths(value_of(runs, name), here)
