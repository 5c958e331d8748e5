"""What a layout adds to a repository: template files, merged or new, packaging, package markers."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname

from relayout.conversions.merging import BESIDE, LINE_MERGED, merge_lines
from relayout.conversions.packaging import PATH as PYPROJECT
from relayout.conversions.packaging import Packaging, UnreadableProject, wire_project
from relayout.inventory import Inventory
from relayout.planning.plan import Finding, Plan
from relayout.rendering import ANSWERS, ANSWERS_BESIDE, Rendering
from relayout.rewriting.destination import Destination
from relayout.tree import Tree


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
    added: dict[str, bytes] = {}
    findings: list[Finding] = []
    names = {path.casefold(): path for path in tree}
    template = dict(rendering.files) if rendering is not None else {}
    project = template.pop(PYPROJECT, None)
    for path, content in template.items():
        own = names.get(path.casefold())
        if own is None:
            added[path] = content
        elif path == ANSWERS:
            added[ANSWERS_BESIDE] = content
        elif tree.is_regular(own) and tree.read(own) != content:
            _merge_file(tree, own, content, added, findings)
    added.update(_package_markers(tree, plan, added))
    if project is not None or (plan.moves and PYPROJECT in tree):
        wired, about = _wire(inventory, destination, tree, plan, project, scripts)
        findings += about
        if wired is not None:
            added[PYPROJECT] = wired
    return added, findings


def _merge_file(
    tree: Tree, path: str, content: bytes, added: dict[str, bytes], findings: list[Finding]
) -> None:
    mine = tree.read(path)
    if path in LINE_MERGED:
        merged = merge_lines(mine.decode("utf-8", errors="surrogateescape"), content.decode())
        data = merged.encode("utf-8", errors="surrogateescape")
        if data != mine:
            added[path] = data
        return
    beside = f"{path}{BESIDE}"
    added[beside] = content
    message = f"the repository's own file was kept; the layout's version lies beside it: {beside}"
    advice = "Take over what you want of it, then delete it."
    findings.append(Finding("kept-yours", path, 0, message, advice))


def _package_markers(tree: Tree, plan: Plan, added: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the ``__init__.py`` files that folders with placed modules lack."""
    source = f"src/{plan.package}"
    targets = [move.target for move in plan.moves]
    markers: dict[str, bytes] = {}
    for target in targets:
        if not target.endswith(".py") or not target.startswith(f"{source}/"):
            continue
        folder = dirname(target)
        while folder != "src":
            marker = f"{folder}/__init__.py"
            if marker not in tree and marker not in added:
                markers[marker] = b""
            folder = dirname(folder)
    return markers


_OWN_CONFIGURATION = {
    "pytest.ini": "tool.pytest",
    "mypy.ini": "tool.mypy",
    ".mypy.ini": "tool.mypy",
    "ruff.toml": "tool.ruff",
    ".ruff.toml": "tool.ruff",
    ".coveragerc": "tool.coverage",
}


def _wire(
    inventory: Inventory,
    destination: Destination,
    tree: Tree,
    plan: Plan,
    template: bytes | None,
    scripts: Mapping[str, str],
) -> tuple[bytes | None, list[Finding]]:
    mine = tree.read(PYPROJECT) if PYPROJECT in tree else None
    source = f"src/{plan.package}/"
    packaging = Packaging(
        package=plan.package,
        scripts=scripts,
        requirements=inventory.requirements,
        has_data=any(path.startswith(source) and not path.endswith(".py") for path in tree),
        module_moved=lambda dotted: _moved_module(dotted, inventory, destination),
        skip=tuple(table for name, table in _OWN_CONFIGURATION.items() if name in tree),
    )
    text = None if mine is None else mine.decode("utf-8", errors="surrogateescape")
    try:
        wired, findings = wire_project(text, (template or b"").decode(), packaging)
    except UnreadableProject as error:
        message = f"it is not valid TOML and was left as it was: {error}"
        return None, [Finding("project-not-wired", PYPROJECT, 0, message, "Correct it by hand.")]
    data = wired.encode("utf-8", errors="surrogateescape")
    return (data if data != mine else None), findings


def _moved_module(dotted: str, inventory: Inventory, destination: Destination) -> str | None:
    located = inventory.resolver.finder.find(("", "src"), dotted) if dotted else None
    if located is None or located.file is None:
        return None
    place = destination.of_file(located.file)
    return dotted_name(place) if place != located.file else None


def dotted_name(path: str) -> str:
    """Return the dotted name of a module file under ``src/``."""
    stem = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__")
    return stem.replace("/", ".")
