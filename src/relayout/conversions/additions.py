"""What a layout adds to a repository: template files, merged or new, packaging, package markers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from posixpath import basename, dirname

from relayout.conversions.ignore_files import TITLE, follow_moves
from relayout.conversions.merging import BESIDE, LINE_MERGED, append_missing, merge_lines
from relayout.conversions.packaging import PATH as PYPROJECT
from relayout.conversions.packaging import Packaging, UnreadableProject, wire_project
from relayout.inventory import Inventory
from relayout.inventory.search_paths import module_stem
from relayout.inventory.setup_script import read_setups
from relayout.planning.plan import Finding, Plan
from relayout.rendering import ANSWERS, ANSWERS_BESIDE, Rendering
from relayout.rewriting.destination import Destination, package_folders
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
    if "requirements.txt" in names:  # theirs says what pyproject.toml takes over
        template.pop("requirements.txt", None)
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
        wired, about = _wire(inventory, destination, result, plan, project, scripts)
        findings += [*about, *_requirements_elsewhere(inventory, destination)]
        if wired is not None:
            added[PYPROJECT] = wired
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
    setups = tuple(read_setups(tree))
    roots = ("", "src", *(setup.source_folder for setup in setups if setup.source_folder))
    packaging = Packaging(
        package=plan.package,
        scripts=scripts,
        requirements=inventory.requirements,
        has_data=any(path.startswith(source) and not path.endswith(".py") for path in tree),
        module_moved=lambda dotted: _moved_module(dotted, roots, inventory, destination),
        skip=tuple(table for name, table in _OWN_CONFIGURATION.items() if name in tree),
        readme=_readme(tree),
        paths=frozenset(tree) | tree.folders,
        setups=setups,
    )
    text = None if mine is None else _text(mine)
    try:
        wired, findings = wire_project(text, (template or b"").decode(), packaging)
    except UnreadableProject as error:
        message = f"it was left as it was: {error}"
        return None, [Finding("project-not-wired", PYPROJECT, 0, message, "Correct it by hand.")]
    data = _bytes(wired)
    return (data if data != mine else None), findings


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
