"""Paths of containers in strings of code: a task that runs in an image names files by them.

Mounts keep the paths that they gave, and so does what an image copies to a place of its own. Where
an image mirrors the repository, a file that moved has another path in it: such strings are
reported, with the path that the file has there now
(https://airflow.apache.org/docs/apache-airflow-providers-docker/stable/operators/docker.html).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from posixpath import join

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import is_compose
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.configured_paths.images import read_image
from relayout.inventory.references import decoded
from relayout.inventory.references.containers.compose_services import services_in
from relayout.inventory.references.containers.container import Container
from relayout.inventory.references.containers.dockerfile import context_of
from relayout.inventory.references.spans.yaml_spans import documents_of
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.tree import Tree, is_within

CODE = "reference-not-followed"
_PATH = re.compile(r"(?<![\w./$:}~-])/(?:[\w.-]+/){1,12}[\w-][\w.-]*\.\w+")
_LARGEST = 500_000
_MOST = 400
"""No repository has more containers that matter, and no file more such strings."""


def about_container_strings(
    inventory: Inventory, destination: Destination, after: Tree
) -> list[Finding]:
    """Return a finding for each string that no longer leads to its file in any container.

    ``after`` is the tree with its files rewritten.
    """
    before = list(_containers(inventory.tree, inventory.foreign))
    if not before or not destination.moves:
        return []
    now = list(_containers(after, frozenset()))
    findings = []
    for path in inventory.python:
        place = destination.of_file(path)
        content = inventory.tree.read(path) if inventory.tree.is_regular(path) else b""
        if is_quarantined(place) or is_notebook(path) or not 0 < len(content) <= _LARGEST:
            continue
        text = decoded(content)[0]
        lost: dict[str, str] = {}
        for said in dict.fromkeys(match[0] for match in _PATH.finditer(text)):
            if len(lost) < _MOST and (named := _lost(said, before, now, destination)):
                lost[said] = named
        for line, said in _strings(text, lost) if lost else ():
            findings.append(_finding(place, line, said, lost[said], now, destination))
    return findings


def _containers(tree: Tree, foreign: frozenset[str]) -> Iterator[Container]:
    """Yield what the images of Dockerfiles have, and the containers of services."""
    for path in sorted(tree):
        if path in foreign or is_quarantined(path) or not tree.is_regular(path):
            continue
        if is_dockerfile(path):
            text, _ = decoded(tree.read(path))
            for image in read_image(text, context_of(text, path, tree), tree):
                yield Container.of(tree, image.copied)
        elif is_compose(path):
            for document in documents_of(decoded(tree.read(path))[0]):
                for service in services_in(document, path, tree):
                    yield Container.of(tree, service.copied)


def _lost(
    said: str, before: Iterable[Container], now: Iterable[Container], destination: Destination
) -> str:
    """Return the file that a path was in some container, if it is that in none any more."""
    named = {path for one in before if (path := _file_at(said, one)) in destination.moves}
    if not named:
        return ""
    found = {_file_at(said, one) for one in now}
    gone = sorted(path for path in named if destination.of_file(path) not in found)
    return gone[0] if gone else ""


def _file_at(said: str, container: Container) -> str:
    found = container.standing(said)
    return found.path if found is not None and found.path in container.tree else ""


def _strings(text: str, wanted: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the line of each string that has one of some paths in it; documentation has none."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    nodes = list(ast.walk(module))
    told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            for said in dict.fromkeys(match[0] for match in _PATH.finditer(node.value)):
                if said in wanted:
                    yield node.lineno, said


def _finding(
    place: str, line: int, said: str, named: str, now: Iterable[Container], destination: Destination
) -> Finding:
    target = destination.of_file(named)
    places = dict.fromkeys(
        join(one.place, target[len(one.path) :].lstrip("/"))
        for container in now
        for one in container.copied
        if not one.path or is_within(target, one.path)
    )
    shown = [found.rstrip("/") for found in places][:3]
    message = f'the string "{said}" is {named} in a container, now {target}'
    advice = f"There it is {' or '.join(shown)} now." if shown else "Change the string by hand."
    return Finding(CODE, place, line, message, advice)
