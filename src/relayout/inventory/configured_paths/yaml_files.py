"""YAML that runs things: CI, workflow engines, task runners, cluster manifests.

They differ in how they nest, and agree in what they call things: a mapping of environment
variables, commands, a working directory that holds for what is below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.commands import (
    Commands,
    entry_of,
    for_started,
    read_commands,
)
from relayout.inventory.configured_paths.entry import ConfiguredPath, Found, Started
from relayout.inventory.configured_paths.values import Scene

ENVIRONMENTS = frozenset(
    {"env", "environment", "variables", "envVars", "environment_variables", "env_vars", "envs"}
)
_COMMANDS = frozenset(
    {"run", "script", "bash", "sh", "pwsh", "powershell", "command", "cmd", "cmds", "commands"}
    | {"before_script", "after_script", "entrypoint", "args", "inlineScript", "install"}
)
_FOLDERS = frozenset(
    {"working-directory", "workingDirectory", "working_dir", "working_directory", "workdir", "dir"}
)
_DEEPEST_MERGE = 4
_MOST_NODES = 50_000
"""Aliases can make a small file unfold without end."""


def compose_yaml(text: str) -> list[Node]:
    """Return the documents of a YAML text as nodes; none if it is not valid, or too deep."""
    try:
        return [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node]
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        return []


def entries(node: Node | None, depth: int = 0) -> dict[str, tuple[Node, Node]]:
    """Return the keys of a mapping with their nodes, merged ones (``<<``) included.

    Merging ends at a ``depth`` that no file needs: a mapping may be merged into itself.
    """
    found: dict[str, tuple[Node, Node]] = {}
    if not isinstance(node, MappingNode) or depth > _DEEPEST_MERGE:
        return found
    for key, value in node.value:
        if key.value == "<<":
            merged = value.value if isinstance(value, SequenceNode) else [value]
            for part in merged:
                found = {**entries(part, depth + 1), **found}
        elif isinstance(key, ScalarNode):
            found[key.value] = (key, value)
    return found


def value_of(node: Node | None, *names: str) -> Node | None:
    """Return the node that the names lead to, or None."""
    for name in names:
        _, node = entries(node).get(name, (None, None))
    return node


def text_of(node: Node | None) -> str | None:
    """Return the text of a scalar, or None."""
    return node.value if isinstance(node, ScalarNode) else None


def line_of(node: Node) -> int:
    """Return the line that a node begins in, counted from one."""
    return int(node.start_mark.line) + 1


def environment(node: Node | None) -> dict[str, tuple[int, str]]:
    """Return environment variables, each with its line.

    They stand in a mapping, in a list of ``NAME=value``, or in a list of mappings with ``name``
    (or ``key``) and ``value``.
    """
    found: dict[str, tuple[int, str]] = {}
    for name, (key, value) in entries(node).items():
        text = text_of(value)
        if text is not None:
            found[name] = (line_of(key), text)
    for item in node.value if isinstance(node, SequenceNode) else ():
        text = text_of(item)
        if text is not None:
            name, _, value_text = text.partition("=")
            found[name.strip()] = (line_of(item), value_text)
        named = text_of(value_of(item, "name")) or text_of(value_of(item, "key"))
        said = text_of(value_of(item, "value"))
        if named and said is not None:
            found[named] = (line_of(item), said)
    return found


def command_lines(node: Node | None) -> list[tuple[int, str]]:
    """Return the numbered lines of commands in a text, a list of texts, or a list of words."""
    if isinstance(node, ScalarNode):
        first = line_of(node) + (node.style in ("|", ">"))
        if node.style == ">":
            return [(first, node.value)]
        return list(enumerate(node.value.splitlines(), first))
    if isinstance(node, SequenceNode):
        texts = [item.value for item in node.value if isinstance(item, ScalarNode)]
        if node.flow_style or (texts and " " not in texts[0]):
            return [(line_of(node), " ".join(texts))]
        return [line for item in node.value for line in command_lines(item)]
    return []


def read_yaml(text: str, scene: Scene, where: Commands) -> Iterator[Found]:
    """Yield what a YAML file configures and starts."""
    walk = _Walk(where)
    for document in compose_yaml(text):
        yield from walk.walk(document, scene, 0)


@dataclass
class _Walk:
    where: Commands
    visited: int = 0

    def walk(self, node: Node, scene: Scene, depth: int) -> Iterator[Found]:
        """Yield what is found below a node; a working folder counts for all below it."""
        self.visited += 1
        if depth > 40 or self.visited > _MOST_NODES:
            return
        if isinstance(node, SequenceNode):
            for item in node.value:
                yield from self.walk(item, scene, depth + 1)
        here = entries(node)
        scene = self._scene(node, here, scene)
        started: list[Started] = []
        for name, (_, value) in here.items():
            if name in _COMMANDS and not isinstance(value, MappingNode):
                for found in read_commands(command_lines(value), scene, self.where):
                    yield found
                    if isinstance(found, Started):
                        started.append(found)
            elif name not in ENVIRONMENTS:
                yield from self.walk(value, scene, depth + 1)
        for name in ENVIRONMENTS & here.keys():
            yield from self._from_environment(environment(here[name][1]), scene, started)

    def _scene(self, node: Node, here: Mapping[str, tuple[Node, Node]], scene: Scene) -> Scene:
        folder = text_of(value_of(node, "defaults", "run", "working-directory"))
        for name in _FOLDERS & here.keys():
            folder = text_of(here[name][1]) or folder
        if folder is not None:
            scene = scene.in_folder(folder)
        variables: dict[str, str | None] = {}
        for name in ENVIRONMENTS & here.keys():
            for variable, (_, value) in environment(here[name][1]).items():
                variables[variable] = scene.told(value)
        return scene.with_variables(variables) if variables else scene

    def _from_environment(
        self, variables: Mapping[str, tuple[int, str]], scene: Scene, started: list[Started]
    ) -> Iterator[ConfiguredPath]:
        if "PYTHONPATH" not in variables:
            return
        line, value = variables["PYTHONPATH"]
        entry = entry_of(value, scene, self._scope(scene), line)
        yield from for_started(entry, started)

    def _scope(self, scene: Scene) -> Commands:
        """Return the scope of a setting: the working folder, if it is a folder of its own."""
        folders = scene.mounts.within(scene.here) if scene.here else []
        covers = folders[0] if folders and folders[0] in scene.tree.folders else ""
        return replace(self.where, scope=covers or self.where.scope)
