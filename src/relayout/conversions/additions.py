"""What a layout adds to a repository: template files, merged or new, packaging, package markers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatch
from posixpath import basename, dirname
from typing import Any

from relayout.conversions.dependencies import PATH as PYPROJECT
from relayout.conversions.ignore_files import TITLE, follow_moves
from relayout.conversions.merging import BESIDE, LINE_MERGED, append_missing, merge_lines
from relayout.conversions.projects import ProjectWiring, readme_of
from relayout.conversions.requirements_text import requirements_text
from relayout.inventory import Inventory
from relayout.inventory.requirement_files import FOLDER
from relayout.planning.homes import Home
from relayout.planning.plan import Finding, Plan
from relayout.rendering import (
    ANSWERS,
    ANSWERS_BESIDE,
    Rendering,
    own_answers,
    recorded_answers,
)
from relayout.rewriting.destination import Destination, package_folders
from relayout.tree import Tree

REQUIREMENTS = "requirements.txt"
_COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""Names of the one file that ``docker compose`` reads, the preferred one first: a second one would
hide it (https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file)."""


def add_to(
    tree: Tree,
    inventory: Inventory,
    destination: Destination,
    plan: Plan,
    rendering: Rendering | None,
    needed: Mapping[str, Sequence[str]],
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the files that a layout adds to a migrated tree, and what a person should know.

    They are files of the template, files that it was merged into, package markers, and a
    ``pyproject.toml`` for each project. ``tree`` is the tree after moves and rewrites, ``needed``
    what conversions require, by project folder.
    """
    template = dict(rendering.files) if rendering is not None else {}
    projects = {path: template.pop(path) for path in list(template) if basename(path) == PYPROJECT}
    added, findings = _merged_template(tree, template)
    added.update(followed_ignores(tree, destination, added))
    added.update(_package_markers(tree.with_content(added), plan.homes, projects))
    result = tree.with_content(added)
    answers = _answers(rendering, tree)
    wiring = ProjectWiring(result, inventory, destination, plan, answers, needed)
    wired, about = _wired_projects(wiring, tree, plan, projects)
    added.update(wired)
    findings += about
    if rendering is not None or (plan.moves and PYPROJECT in tree):
        findings += _requirements_elsewhere(inventory, destination, plan)
    if REQUIREMENTS in template and REQUIREMENTS in added:
        brought = template[REQUIREMENTS].decode()
        project_text = _text(added.get(PYPROJECT) or result.read(PYPROJECT))
        added[REQUIREMENTS] = _bytes(requirements_text(brought, project_text))
    return added, findings


def _merged_template(
    tree: Tree, template: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the template's files as they are added to, or merged into, a tree."""
    added: dict[str, bytes] = {}
    findings: list[Finding] = []
    names = {path.casefold(): path for path in tree}
    readme = readme_of(tree)
    if readme:
        names.setdefault("readme.md", readme)
    compose = next((names[name] for name in _COMPOSE if name in names), "")
    if compose:
        names.setdefault(_COMPOSE[0], compose)
    # The ignore file goes with the template's Dockerfile; a list of requirements of the
    # repository's own says what pyproject.toml takes over.
    theirs = {".dockerignore": "dockerfile", REQUIREMENTS: REQUIREMENTS}
    for path, content in template.items():
        own = names.get(path.casefold())
        if theirs.get(path) in names or (own is not None and "/" in path and _is_readme(path)):
            continue  # of a package that stands already, its own readme says what it is
        if own is None:
            added[path] = content
        elif path == ANSWERS:
            added[ANSWERS_BESIDE] = content
        elif tree.is_regular(own) and tree.read(own) != content:
            _merge_file(tree, own, path, content, added, findings)
    return added, findings


def _is_readme(path: str) -> bool:
    return basename(path).partition(".")[0].lower() == "readme"


def _wired_projects(
    wiring: ProjectWiring, tree: Tree, plan: Plan, projects: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the ``pyproject.toml`` of each package, and of the workspace around them."""
    added: dict[str, bytes] = {}
    findings: list[Finding] = []
    for home in plan.homes:
        path = home.pyproject
        if path in projects or (plan.moves and path in tree):
            wired, about = wiring.wire(home, projects.get(path))
            findings += about
            if wired is not None:
                added[path] = wired
    if PYPROJECT in projects and all(home.pyproject != PYPROJECT for home in plan.homes):
        wired, about = wiring.wire_workspace(projects[PYPROJECT])
        findings += about
        if wired is not None:
            added[PYPROJECT] = wired
    return added, findings


def followed_ignores(
    tree: Tree, destination: Destination, added: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the repository's own ignore files at the root that name folders which have moved.

    The new patterns come last, so that no rule of the template undoes them.
    """
    followed: dict[str, bytes] = {}
    for path in LINE_MERGED:
        if tree.is_regular(path):
            patterns = _text(tree.read(path)).splitlines()
            missing = follow_moves(patterns, destination, path == ".gitignore")
            merged = added.get(path, tree.read(path))
            data = _bytes(append_missing(_text(merged), TITLE, missing))
            if data != merged:
                followed[path] = data
    return followed


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")


def _merge_file(
    tree: Tree,
    own: str,
    path: str,
    content: bytes,
    added: dict[str, bytes],
    findings: list[Finding],
) -> None:
    """Merge the template's file at ``path`` into the repository's ``own``, or lay it beside."""
    if path in LINE_MERGED:
        mine = tree.read(own)
        data = _bytes(merge_lines(_text(mine), content.decode()))
        if data != mine:
            added[own] = data
        return
    beside = f"{own if own.casefold() == path.casefold() else path}{BESIDE}"
    added[beside] = content
    message = f"the repository's own file was kept; the layout's version lies beside it: {beside}"
    advice = "Take over what you want of it, then delete it."
    findings.append(Finding("kept-yours", own, 0, message, advice))


def _package_markers(tree: Tree, homes: Sequence[Home], built: Collection[str]) -> dict[str, bytes]:
    """Return the ``__init__.py`` files that the packages' folders with modules lack.

    A package that is ``built``, by its ``pyproject.toml``, needs one even if nothing is in it.
    """
    markers = {f"{folder}/__init__.py": b"" for folder in package_folders(tree, homes)}
    roots = [f"{home.root}/__init__.py" for home in homes if home.pyproject in built]
    return markers | {root: b"" for root in roots if root not in tree}


def _requirements_elsewhere(
    inventory: Inventory, destination: Destination, plan: Plan
) -> list[Finding]:
    """Report each requirements file that is neither the repository's own nor included by one."""
    wired = {declared.file for declared in inventory.requirements}
    message = "it is in a folder of its own, so pyproject.toml does not have what it declares"
    advice = "Declare there what the package needs of it."
    return [
        Finding("requirement-not-wired", destination.of_file(path), 0, message, advice)
        for path in sorted(inventory.tree)
        if path.endswith((".txt", ".in"))
        and dirname(path).removesuffix("requirements").rstrip("/") not in {"", *plan.territories}
        and (fnmatch(basename(path), "*requirements*") or basename(dirname(path)) == "requirements")
        and not (path.endswith(".txt") and f"{path[:-4]}.in" in inventory.tree)
        and path not in wired
        and dirname(destination.of_file(path)) != FOLDER
        and path not in inventory.foreign
    ]


def _answers(rendering: Rendering | None, tree: Tree) -> Mapping[str, Any]:
    """Return the answers that the template was rendered with, now or before."""
    given = recorded_answers(rendering.files.get(ANSWERS, b"")) if rendering else {}
    return given or own_answers(tree)
