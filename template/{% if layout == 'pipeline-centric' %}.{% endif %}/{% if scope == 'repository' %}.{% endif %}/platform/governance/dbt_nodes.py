"""What the dbt project of a pipeline is made of, as its files say; dbt itself is not needed for it.

Names of models are names of files, what a model reads is in its calls of `ref` and `source`, and descriptions are in
the YAML files beside it: https://docs.getdbt.com/reference/dbt-jinja-functions/ref
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

FOLDERS = {
    "model": ("model-paths", "models", (".sql", ".py")),
    "seed": ("seed-paths", "seeds", (".csv",)),
    "snapshot": ("snapshot-paths", "snapshots", (".sql",)),
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"\{#.{0,9999}?#\}", re.DOTALL)
_BLOCK = re.compile(r"\{\{.{0,9999}?\}\}|\{[%].{0,9999}?[%]\}", re.DOTALL)
_TEXT = r"\s*['\"]([^'\"\n]+)['\"]\s*"
_CALL = re.compile(rf"\b(ref|source)\s*\({_TEXT}(?:,{_TEXT})?[,)]")


@dataclass(frozen=True, slots=True)
class Node:
    """A table of a pipeline, or an asset that is none: what it is, and what it reads.

    What is read is a name in the same pipeline; `source.table` for a source of dbt; `project:model` for a model of
    another project.
    """

    name: str
    kind: str
    description: str = ""
    reads: tuple[str, ...] = ()
    schema: str = ""


@dataclass(frozen=True, slots=True)
class DbtProject:
    """The nodes of a project, in order, and the files that cannot be read."""

    name: str = ""
    nodes: tuple[Node, ...] = ()
    problems: tuple[str, ...] = ()


def dbt_project(folder: Path) -> DbtProject:
    """Return what the project in a folder is made of; without a `dbt_project.yml` it is empty."""
    path = folder / "dbt_project.yml"
    if not path.is_file():
        return DbtProject()
    problems: list[str] = []
    settings = _mapping(path, folder, problems)
    nodes: dict[str, Node] = {}
    described: dict[str, Node] = {}
    for kind, (key, usual, suffixes) in FOLDERS.items():
        for file in _files(folder, settings.get(key), usual):
            if file.suffix in suffixes:
                node = _node(file, kind, folder, problems)
                nodes.setdefault(node.name, node)
            elif file.suffix in {".yml", ".yaml"}:
                described |= {
                    node.name: node for node in _described(_mapping(file, folder, problems))
                }
    for name, node in described.items():
        if node.kind == "source":
            nodes.setdefault(name, node)
        elif name in nodes:
            nodes[name] = replace(nodes[name], description=node.description)
    ordered = tuple(nodes[name] for name in sorted(nodes))
    return DbtProject(str(settings.get("name") or ""), ordered, tuple(sorted(problems)))


def _files(folder: Path, paths: object, usual: str) -> Iterator[Path]:
    for path in paths if isinstance(paths, list) else [usual]:
        below = folder / str(path)
        if ".." not in Path(str(path)).parts and below.is_dir():
            yield from sorted(file for file in below.rglob("*") if file.is_file())


def _node(file: Path, kind: str, folder: Path, problems: list[str]) -> Node:
    if kind == "seed":
        return Node(file.stem, kind)
    text = _read(file, folder, problems)
    blocks = [text] if file.suffix == ".py" else _BLOCK.findall(_COMMENT.sub("", text))
    reads = {_target(*call) for block in blocks for call in _CALL.findall(block)}
    return Node(file.stem, kind, reads=tuple(sorted(reads - {""})))


def _target(function: str, first: str, second: str) -> str:
    if function == "source":
        return f"{first}.{second}" if second else ""
    return f"{first}:{second}" if second else first


def _described(content: Mapping[str, Any]) -> Iterator[Node]:
    for kind in FOLDERS:
        for entry in _entries(content.get(f"{kind}s")):
            yield Node(_said(entry, "name"), kind, _said(entry, "description"))
    for source in _entries(content.get("sources")):
        name = _said(source, "name")
        for table in _entries(source.get("tables")):
            about = _said(table, "description") or _said(source, "description")
            schema = _said(source, "schema") or name
            yield Node(f"{name}.{_said(table, 'name')}", "source", about, schema=schema)


def _entries(value: object) -> Iterable[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _said(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _mapping(file: Path, folder: Path, problems: list[str]) -> Mapping[str, Any]:
    try:
        content = yaml.load(_read(file, folder, problems), Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        problems.append(f"dbt/{file.relative_to(folder).as_posix()} is not YAML")
        return {}
    return content if isinstance(content, dict) else {}


def _read(file: Path, folder: Path, problems: list[str]) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        problems.append(f"dbt/{file.relative_to(folder).as_posix()} cannot be read")
        return ""
