"""Compose files: services with their build, mounts, environment and command.

The keys are those of https://docs.docker.com/reference/compose-file/services/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from posixpath import basename, dirname, join, normpath

from yaml.nodes import MappingNode, Node, SequenceNode

from relayout.inventory.configured_paths.commands import Commands, read_commands
from relayout.inventory.configured_paths.containers import entries_in, scene_of
from relayout.inventory.configured_paths.entry import (
    DAGS,
    ConfiguredPath,
    Found,
    holds_modules,
    scope_of,
)
from relayout.inventory.configured_paths.environment_files import python_path_lines
from relayout.inventory.configured_paths.images import Image, read_image
from relayout.inventory.configured_paths.values import Scene
from relayout.inventory.configured_paths.yaml_files import (
    command_lines,
    compose_yaml,
    entries,
    environment,
    text_of,
    value_of,
)
from relayout.tree import Tree

_DEFAULT = re.compile(r"\$\{\w+:-\.\}")
"""A variable that is the current folder, if it is not set."""


def is_compose(path: str) -> bool:
    """Tell whether a file is a compose file, by its name."""
    return fnmatch(basename(path), "*compose*.y*ml")


@dataclass(frozen=True, slots=True)
class Build:
    """What a service is built from: its context, and its Dockerfile if the tree has it."""

    context: str
    dockerfile: str | None


def services_of(path: str, tree: Tree) -> Iterator[tuple[str, Node]]:
    """Yield the services of a compose file by name."""
    text = tree.read(path).decode("utf-8", errors="replace")
    for document in _documents(text):
        for name, (_, service) in entries(value_of(document, "services")).items():
            if isinstance(service, MappingNode):
                yield name, service


@lru_cache(maxsize=16)
def _documents(text: str) -> tuple[Node, ...]:
    """Return the documents of a file, which is asked for once for each service of its folder."""
    return tuple(compose_yaml(text))


def builds_of(path: str, tree: Tree) -> list[Build]:
    """Return what the services of a compose file are built from."""
    builds = (build_of(service, path, tree) for _, service in services_of(path, tree))
    return [build for build in builds if build is not None]


def build_of(service: Node, path: str, tree: Tree) -> Build | None:
    """Return what a service is built from; None for nothing, or what is not in the repository."""
    node = value_of(service, "build")
    if node is None:
        return None
    said = text_of(node) or text_of(value_of(node, "context")) or "."
    context = _below(dirname(path), said)
    if context is None:
        return None
    dockerfile = _below(context, text_of(value_of(node, "dockerfile")) or "Dockerfile")
    is_there = dockerfile is not None and dockerfile in tree
    return Build(context, dockerfile if is_there else None)


def _below(folder: str, said: str) -> str | None:
    """Return a folder or file that a compose file names; None if it is not in the repository."""
    if "$" in said or said.startswith(("/", "~")) or "://" in said:
        return None
    found = normpath(join(folder, said))
    return None if found.startswith("..") else "" if found == "." else found


def read_compose(path: str, tree: Tree) -> Iterator[Found]:
    """Yield what the services of a compose file configure and start."""
    for _, service in services_of(path, tree):
        yield from _read_service(service, path, tree)


def _read_service(service: Node, path: str, tree: Tree) -> Iterator[Found]:
    build = build_of(service, path, tree)
    image = image_of(build, tree)
    mounted = mounted_folders(service, path, tree)
    scene = scene_of(image, path, tree, mounted)
    folder = text_of(value_of(service, "working_dir"))
    if folder is not None:
        scene = scene.in_folder(folder)
    where = Commands(path, _scope(build, mounted, path, tree))
    yield from _dag_files(mounted, path, tree)
    for key in ("entrypoint", "command"):
        yield from read_commands(command_lines(value_of(service, key)), scene, where)
    variables = environment(value_of(service, "environment"))
    if "PYTHONPATH" in variables:
        line, value = variables["PYTHONPATH"]
        yield from entries_in(value, scene, where, line)
    else:
        yield from _environment_files(service, path, scene, where)
        for line, value, here in image.settings if mounted else ():
            yield from _from_image(build, line, value, scene.in_folder(here), where)


def _from_image(
    build: Build | None, line: int, value: str, scene: Scene, where: Commands
) -> Iterator[Found]:
    """Yield what ``ENV`` says once folders are mounted over what was copied."""
    if build is not None and build.dockerfile is not None:
        yield from entries_in(value, scene, Commands(build.dockerfile, where.scope), line)


def _environment_files(service: Node, path: str, scene: Scene, where: Commands) -> Iterator[Found]:
    for _, said in command_lines(value_of(service, "env_file")):
        named = _below(dirname(path), said)
        if named is not None and scene.tree.is_regular(named):
            for line, value in python_path_lines(scene.tree.read(named)):
                yield from entries_in(value, scene, Commands(named, where.scope), line)


def _dag_files(mounted: list[tuple[str, str]], path: str, tree: Tree) -> Iterator[Found]:
    """Yield the modules below the folders that are mounted as Airflow's DAGs and plugins.

    Airflow loads them from there, and has the two folders, and that of its configuration, on its
    search path
    (https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html).
    """
    found = {
        basename(target): folder
        for target, folder in mounted
        if folder and "airflow" in target and basename(target) in ("dags", "plugins", "config")
    }
    every = tuple(found[name] for name in ("dags", "config", "plugins") if name in found)
    for name in ("dags", "plugins"):
        folder = found.get(name)
        if folder:
            folders = tuple(dict.fromkeys((folder, *every)))
            for module in sorted(m for m in tree.modules if m.startswith(f"{folder}/")):
                yield ConfiguredPath(path, 0, folders, module, DAGS)


def image_of(build: Build | None, tree: Tree) -> Image:
    """Return the image that a build makes; an empty one if its Dockerfile is not there."""
    if build is None or build.dockerfile is None or not tree.is_regular(build.dockerfile):
        return Image()
    text = tree.read(build.dockerfile).decode("utf-8", errors="replace")
    return read_image(text, build.context, tree)[-1]


def mounted_folders(service: Node, path: str, tree: Tree) -> list[tuple[str, str]]:
    """Return the folders of the repository that are mounted, by container path."""
    found = []
    node = value_of(service, "volumes")
    for item in node.value if isinstance(node, SequenceNode) else ():
        text = text_of(item)
        if text is not None:
            source, _, rest = _DEFAULT.sub(".", text).partition(":")
            target = rest.partition(":")[0]
        else:
            source = _DEFAULT.sub(".", text_of(value_of(item, "source")) or "")
            target = text_of(value_of(item, "target")) or ""
        source = source.replace("${PWD}", ".").replace("$PWD", ".")
        folder = _below(dirname(path), source) if source.startswith(".") else None
        if folder is not None and folder in tree.folders and target.startswith("/"):
            found.append((normpath(target), folder))
    return found


def _scope(build: Build | None, mounted: list[tuple[str, str]], path: str, tree: Tree) -> str:
    """Return the folder whose code a service runs: its context, else what is mounted."""
    own = scope_of(path, tree)
    folders = [build.context] if build is not None else [folder for _, folder in mounted]
    with_code = [folder for folder in folders if holds_modules(folder, tree)]
    return with_code[0] if len(with_code) == 1 else own
