"""What a layout adds to a repository: template files, merged or new, packaging, package markers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename, dirname, normpath
from typing import Any

from relayout.conversions.dependencies import PATH as PYPROJECT
from relayout.conversions.ignore_files import TITLE, follow_moves
from relayout.conversions.ignored_data import ignored_files
from relayout.conversions.merging import BESIDE, LINE_MERGED, append_missing, merge_lines
from relayout.conversions.packaging import Packaging, UnreadableProject, wire_project
from relayout.conversions.requirements_text import requirements_text
from relayout.conversions.source_folders import source_folders
from relayout.conversions.tool_files import tables_elsewhere
from relayout.inventory import Inventory
from relayout.inventory.declared import Declared
from relayout.inventory.search_paths import module_stem
from relayout.inventory.setup_script import read_setups
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


def add_to(
    tree: Tree,
    inventory: Inventory,
    destination: Destination,
    plan: Plan,
    rendering: Rendering | None,
    scripts: Mapping[str, str],
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the files that a layout adds to a migrated tree, and what a person should know.

    They are files of the template, files that it was merged into, package markers, and
    ``pyproject.toml``. ``tree`` is the tree after moves and rewrites.
    """
    findings: list[Finding] = []
    names = {path.casefold(): path for path in tree}
    readme = _readme(tree)
    if readme:
        names.setdefault("readme.md", readme)
    added: dict[str, bytes] = {}
    template = dict(rendering.files) if rendering is not None else {}
    project = template.pop(PYPROJECT, None)
    if "dockerfile" in names:  # the ignore file goes with the template's Dockerfile
        template.pop(".dockerignore", None)
    if REQUIREMENTS in names:  # theirs says what pyproject.toml takes over
        template.pop(REQUIREMENTS, None)
    for path, content in template.items():
        own = names.get(path.casefold())
        if own is None:
            added[path] = content
        elif path == ANSWERS:
            added[ANSWERS_BESIDE] = content
        elif tree.is_regular(own) and tree.read(own) != content:
            _merge_file(tree, own, path, content, added, findings)
    added.update(_followed_ignores(tree, destination, added))
    is_built = project is not None
    added.update(_package_markers(tree.with_content(added), plan.package, is_built))
    if project is not None or (plan.moves and PYPROJECT in tree):
        result = tree.with_content(added)
        answers = _answers(rendering, tree)
        wired, about = _wire(inventory, destination, result, plan, project, scripts, answers)
        findings += [*about, *_requirements_elsewhere(inventory, destination)]
        if wired is not None:
            added[PYPROJECT] = wired
        if REQUIREMENTS in template and REQUIREMENTS in added:
            brought = template[REQUIREMENTS].decode()
            project_text = _text(added.get(PYPROJECT) or result.read(PYPROJECT))
            added[REQUIREMENTS] = _bytes(requirements_text(brought, project_text))
    return added, findings


def _readme(tree: Iterable[str]) -> str:
    """Return the readme at the root, the one with a form that packaging knows first, or empty."""
    found = [path for path in tree if path.lower().partition(".")[0] == "readme"]
    endings = (".md", ".rst", ".txt", "readme")
    known = [path for end in endings for path in sorted(found) if path.lower().endswith(end)]
    return known[0] if known else ""


def _followed_ignores(
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


def _package_markers(tree: Tree, package: str, is_built: bool) -> dict[str, bytes]:
    """Return the ``__init__.py`` files that the package's folders with modules lack.

    A package that is built needs one even if nothing was placed in it.
    """
    markers = {f"{folder}/__init__.py": b"" for folder in package_folders(tree, package)}
    root = f"src/{package}/__init__.py"
    if is_built and root not in tree:
        markers[root] = b""
    return markers


def _requirements_elsewhere(inventory: Inventory, destination: Destination) -> list[Finding]:
    """Report each requirements file that is neither the repository's own nor included by one."""
    wired = {declared.file for declared in inventory.requirements}
    message = "it is in a folder of its own, so pyproject.toml does not have what it declares"
    advice = "Declare there what the package needs of it."
    return [
        Finding("requirement-not-wired", destination.of_file(path), 0, message, advice)
        for path in sorted(inventory.tree)
        if path.endswith((".txt", ".in"))
        and dirname(path) not in ("", "requirements")
        and (fnmatch(basename(path), "*requirements*") or basename(dirname(path)) == "requirements")
        and not (path.endswith(".txt") and f"{path[:-4]}.in" in inventory.tree)
        and path not in wired
        and path not in inventory.foreign
    ]


def _wire(
    inventory: Inventory,
    destination: Destination,
    tree: Tree,
    plan: Plan,
    template: bytes | None,
    scripts: Mapping[str, str],
    answers: Mapping[str, Any],
) -> tuple[bytes | None, list[Finding]]:
    mine = tree.read(PYPROJECT) if PYPROJECT in tree else None
    text = None if mine is None else _text(mine)
    source = f"src/{plan.package}/"
    setups = tuple(read_setups(tree))
    roots = tuple(dict.fromkeys(["", "src", *source_folders(text or "", setups)]))
    inside = [path for path in tree if path.startswith(source)]
    packaging = Packaging(
        package=plan.package,
        scripts=scripts,
        requirements=tuple(_followed(d, destination) for d in inventory.requirements),
        has_data=any(not path.endswith(".py") for path in inside),
        module_moved=lambda dotted: _moved_module(dotted, roots, inventory, destination),
        skip=tables_elsewhere(tree),
        readme=_readme(tree),
        paths=frozenset(tree) | tree.folders,
        setups=setups,
        manager=str(answers.get("package_manager") or ""),
        follow=lambda pattern: _place(pattern, destination),
        ignored=tuple(ignored_files(inside, _ignore_text(tree))),
        tool_files=tree if answers.get("merge_tool_config") is True else None,
    )
    try:
        wired, findings = wire_project(text, (template or b"").decode(), packaging)
    except UnreadableProject as error:
        message = f"it was left as it was: {error}"
        return None, [Finding("project-not-wired", PYPROJECT, 0, message, "Correct it by hand.")]
    data = _bytes(wired)
    return (data if data != mine else None), findings


def _answers(rendering: Rendering | None, tree: Tree) -> Mapping[str, Any]:
    """Return the answers that the template was rendered with, now or before."""
    given = recorded_answers(rendering.files.get(ANSWERS, b"")) if rendering else {}
    return given or own_answers(tree)


def _ignore_text(tree: Tree) -> str:
    return _text(tree.read(".gitignore")) if tree.is_regular(".gitignore") else ""


def _followed(declared: Declared, destination: Destination) -> Declared:
    """Return a requirement of the repository's own with the path where its project is now."""
    if not declared.path:
        return declared
    path = declared.path
    if path in destination.before:
        return replace(declared, path=destination.of_file(path))
    place = destination.of_folder(path)
    if place is None:
        return replace(
            declared, path="", problem="is a folder whose files have different places now"
        )
    return replace(declared, path=place)


def _place(pattern: str, destination: Destination) -> str:
    """Return where a path of the repository is now, or what a pattern of them is now."""
    path = normpath(pattern)
    if path in destination.before:
        place = destination.of_file(path)
        return place if place != path else pattern
    return (follow_moves([pattern], destination, False) or [pattern])[0]


def _moved_module(
    dotted: str, roots: tuple[str, ...], inventory: Inventory, destination: Destination
) -> str | None:
    located = inventory.resolver.finder.find(roots, dotted) if dotted else None
    if located is None or located.file is None:
        return None
    place = destination.of_file(located.file)
    return dotted_name(place) if place != located.file else None


def dotted_name(path: str) -> str:
    """Return the dotted name of a module file under ``src/``."""
    return module_stem(path.removeprefix("src/")).replace("/", ".")
