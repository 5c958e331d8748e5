"""Which folders of a tree Airflow loads DAGs from, and what is on the search path there.

Airflow's own search path is ``PYTHONPATH``, installed packages, and then the folders ``dags``,
``config`` and ``plugins`` of ``AIRFLOW_HOME``
(https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html).
Containers have folders of the repository at places of their own: mounts and copies say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import basename, dirname, join

from relayout.inventory import foreign_files
from relayout.inventory.airflow import airflow_modules
from relayout.inventory.bind_mounts import mounts_in
from relayout.inventory.configured_paths import ConfiguredPath, read_configuration
from relayout.inventory.configured_paths.compose import (
    build_of,
    image_of,
    is_compose,
    services_of,
)
from relayout.inventory.configured_paths.containers import guess_context, is_dockerfile
from relayout.inventory.configured_paths.images import read_image
from relayout.inventory.configured_paths.values import Mounts
from relayout.inventory.configured_paths.yaml_files import environment, value_of
from relayout.inventory.paths_of_tests import is_for_tests
from relayout.inventory.python import read_python
from relayout.inventory.search_paths import is_quarantined
from relayout.inventory.templates import template_files
from relayout.running.locations import module_folders
from relayout.tree import Tree, ancestors, is_within

HOMES = ("/opt/airflow", "/usr/local/airflow")
"""Where images have ``AIRFLOW_HOME``: Airflow's own, and Astronomer's."""
_FOLDER_SETTING = "AIRFLOW__CORE__DAGS_FOLDER"
_SIGNS = (b"airflow", b"cosmos")

Pairs = tuple[tuple[str, str], ...]
"""Absolute paths of a container, each with the path of the repository that is there."""


@dataclass(frozen=True, slots=True)
class DagFolder:
    """A folder that Airflow loads DAGs from; with ``files``, only those of it.

    ``front`` is searched before installed packages, ``back`` after them. ``mounts`` are what a
    container has of the repository, ``home`` what stands in ``AIRFLOW_HOME``, by name there.
    """

    path: str
    files: tuple[str, ...] = ()
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    plugins: str = ""
    mounts: Pairs = ()
    home: Pairs = ()


def dag_folders(tree: Tree) -> tuple[DagFolder, ...]:
    """Return the folders with DAGs of a tree; none if it has nothing of Airflow's."""
    foreign = foreign_files(tree) | template_files(tree)
    modules = sorted(tree.modules - foreign)
    modules = [path for path in modules if not is_quarantined(path) and not is_for_tests(path)]
    speaking = [path for path in modules if any(sign in tree.read(path) for sign in _SIGNS)]
    if not speaking:
        return ()
    containers = list(_containers(tree))
    named = {folder for pairs, told in containers for folder in _folders_in(pairs, told, tree)}
    named |= {folder for path in speaking for folder in [_called_dags(path)] if folder is not None}
    outermost = [f for f in named if not any(is_within(f, other) for other in named - {f})]
    used = [f for f in sorted(outermost) if any(is_within(path, f) for path in speaking)]
    strays: dict[str, list[str]] = {}
    loose = [path for path in speaking if not any(is_within(path, f) for f in used)]
    for path in airflow_modules(tree, {path: read_python(path, tree) for path in loose}):
        strays.setdefault(dirname(path), []).append(path)
    configured = read_configuration(tree, foreign).paths
    found = [(folder, ()) for folder in used] + [(f, tuple(own)) for f, own in strays.items()]
    return tuple(_described(folder, own, tree, containers, configured) for folder, own in found)


def _called_dags(path: str) -> str | None:
    """Return the outermost folder called ``dags`` above a file; None if there is none."""
    return next((f for f in reversed(list(ancestors(path))) if basename(f) == "dags"), None)


def _described(
    folder: str,
    files: tuple[str, ...],
    tree: Tree,
    containers: Iterable[tuple[Pairs, str]],
    configured: Iterable[ConfiguredPath],
) -> DagFolder:
    own = [pairs for pairs, told in containers if folder in _folders_in(pairs, told, tree)]
    mounts = tuple(dict.fromkeys(pair for pairs in own for pair in pairs))
    siblings = {
        name: join(dirname(folder), name)
        for name in ("config", "plugins")
        if folder and join(dirname(folder), name) in tree.folders
    }
    for place, path in reversed(mounts):
        if basename(place) in ("config", "plugins") and "airflow" in place and path in tree.folders:
            siblings[basename(place)] = path
    paths = dict.fromkeys(
        told
        for entry in configured
        if entry.kind == "PYTHONPATH" and not entry.tests_only and entry.folders
        if is_within(entry.covers, folder) or is_within(folder, entry.covers)
        for told in entry.folders
        if told in tree.folders
    )
    back = [*module_folders(tree), folder, *siblings.values()]
    home = dict(_standing_in(dirname(folder), tree)) if folder and not files else {}
    home |= {"dags": folder, **siblings}
    for base in HOMES:
        inside = [(place, path) for place, path in mounts if place.startswith(f"{base}/")]
        home |= {place.removeprefix(f"{base}/"): path for place, path in reversed(inside)}
    return DagFolder(
        folder,
        files,
        tuple(paths),
        tuple(dict.fromkeys(back)),
        siblings.get("plugins", ""),
        mounts,
        tuple(sorted(home.items())),
    )


def _standing_in(folder: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the files and folders that stand in a folder: by name, with their paths."""
    for path in (*tree, *tree.folders):
        if path and dirname(path) == folder and not basename(path).startswith("airflow."):
            yield basename(path), path


def _folders_in(pairs: Pairs, told: str, tree: Tree) -> Iterator[str]:
    """Yield the folders of the repository that a container has Airflow's DAGs in."""
    for place, path in pairs:
        if "airflow" not in place:
            continue
        for folder in (path, f"{path}/dags".lstrip("/")):
            if folder in tree.folders and basename(place if folder == path else folder) == "dags":
                if folder == path or basename(place) != "dags":
                    yield folder
    if told:
        yield from (f for f in Mounts(pairs).within(told) if f in tree.folders)


def _containers(tree: Tree) -> Iterator[tuple[Pairs, str]]:
    """Yield what each container has of the repository, and the folder of DAGs that it is told."""
    built: set[str] = set()
    for path in sorted(filter(is_compose, tree)):
        if not tree.is_regular(path):
            continue
        mounted: dict[str, list[tuple[str, str]]] = {}
        for mount in mounts_in(path, tree):
            if mount.target and mount.path is not None and _is_there(mount.path, tree):
                mounted.setdefault(mount.service, []).append((mount.target, mount.path))
        for name, service in services_of(path, tree):
            build = build_of(service, path, tree)
            if build is not None and build.dockerfile is not None:
                built.add(build.dockerfile)
            image = image_of(build, tree)
            said = environment(value_of(service, "environment")).get(_FOLDER_SETTING, (0, ""))[1]
            pairs = (*mounted.get(name, ()), *reversed(image.mounts))
            yield pairs, said or image.variables.get(_FOLDER_SETTING) or ""
    for path in sorted(filter(is_dockerfile, tree)):
        if path not in built and tree.is_regular(path):
            text = tree.read(path).decode("utf-8", errors="replace")
            image = read_image(text, guess_context(path, text, tree), tree)[-1]
            told = image.variables.get(_FOLDER_SETTING) or ""
            yield tuple(reversed(image.mounts)), told


def _is_there(path: str, tree: Tree) -> bool:
    return path in tree or path in tree.folders
