"""What a conda environment declares that pip can install.

The file: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html;
how it names versions: https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html.
A package has the same name in conda-forge and in pip's index unless the table below knows better
(https://conda-forge.org/docs/maintainer/guidelines/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import dirname

import yaml
from packaging.requirements import InvalidRequirement
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.declared import TOO_OLD, Declared, is_too_old, requirement_text
from relayout.tree import Tree

_NAME = re.compile(r"(?:[\w-]*(?:environment|conda)[\w.-]*|env)\.ya?ml", re.IGNORECASE)
_SPEC = re.compile(
    r"(?:[\w./:-]+::)?(?P<name>[A-Za-z0-9_][\w.-]*)\s*(?P<version>(?:[=<>!~]|(?<=\s)\S).*)?"
)
_PLAIN = re.compile(
    r"(?P<equal>=?)\s*(?P<version>\w[\w!+]*(?:\.[\w!+]+)*)(?P<star>\.?\*)?(?:[=\s]+(?P<build>\S+))?"
)
_LONGEST = 50_000
"""Characters of a file that is read; an environment has a few thousand."""

_RENAMED = {
    "dask-core": "dask",
    "importlib_metadata": "importlib-metadata",
    "matplotlib-base": "matplotlib",
    "opencv": "opencv-python",
    "pytables": "tables",
    "python-graphviz": "graphviz",
    "pytorch": "torch",
}
_OF_CONDA = re.compile(
    r"_.*|lib.*|r-.*|.*-devel|.*_linux-64|cuda.*|cudnn|nccl|mkl(?:-.*)?|blas|openblas|gcc.*|gxx.*|"
    r"clang.*|cmake|make|compilers|c-compiler|cxx-compiler|fortran-compiler|ca-certificates|openssl|"
    r"openjdk|nodejs|yarn|git|git-lfs|graphviz|postgresql|mysql|mysql-.*|mariadb|redis-server|sqlite|"
    r"unixodbc|msodbcsql.*|freetds|gdal|geos|proj|hdf5|zlib|xz|tk|readline|ncurses|bzip2|lz4-c|zstd|"
    r"icu|krb5|curl|wget|ffmpeg|pandoc|texlive.*|tesseract|poppler|jq|tini|conda|conda-.*|mamba|"
    r"arrow-cpp|snappy|boost.*|pytorch-cuda|pytorch-mutex|nomkl|r-base|perl|ruby|go|rust|vc|vs20.*|"
    r"ucrt|m2w64-.*|msys2-.*|tzdata|font.*|freetype|jpeg|giflib|qt(?:-main)?|pthread-stubs|xorg-.*"
)
_TOOLS = frozenset({"pip", "setuptools", "wheel"})
"""What an environment has in order to install the rest; it is no dependency of the code."""

_COMMON_CHANNELS = frozenset({"defaults", "nodefaults"})

ReadPip = Callable[[str, str, str], list[Declared]]
"""Reads the text of a requirements file: its path, the text, the group."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One text of the file, and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Environment:
    packages: tuple[_Item, ...]
    pip: tuple[_Item, ...]
    channels: tuple[_Item, ...]


def environment_files(tree: Tree) -> list[str]:
    """Return the files at the root that are called as conda environments are."""
    return sorted(p for p in tree if not dirname(p) and _NAME.fullmatch(p) and tree.is_regular(p))


def read_environment(tree: Tree, path: str, group: str, read_pip: ReadPip) -> Iterator[Declared]:
    """Yield what an environment declares, and what conda alone has, once for the file."""
    environment = _environment(tree, path)
    if environment is None:
        return
    alone: list[_Item] = []
    for item in environment.packages:
        declared = _declared(item, path, group)
        if declared is None:
            alone.append(item)
        elif declared.text:
            yield declared
    if alone:
        names = ", ".join(item.text for item in alone)
        said = "cannot be told to be in an index of Python packages"
        yield Declared(names, path, alone[0].line, group, said)
    channels = [item for item in environment.channels if item.text not in _COMMON_CHANNELS]
    if channels:
        names = f"channels: {', '.join(item.text for item in channels)}"
        yield Declared(names, path, channels[0].line, group, "are where conda alone looks")
    text = [""] * max((item.line for item in environment.pip), default=0)
    for item in environment.pip:
        text[item.line - 1] = item.text
    yield from read_pip(path, "\n".join(text), group)


def environment_python(tree: Tree) -> str:
    """Return what the first environment at the root that names Python says of its version."""
    for path in environment_files(tree):
        environment = _environment(tree, path)
        for item in environment.packages if environment else ():
            found = re.fullmatch(r"(?:[\w./:-]+::)?python\s*[=<>~\s]+\s*(3\.\d+).*", item.text)
            if found:
                return found.group(1)
    return ""


def _environment(tree: Tree, path: str) -> _Environment | None:
    """Return what the file says; None if it is no environment."""
    text = tree.read(path).decode("utf-8-sig", errors="replace")
    if len(text) > _LONGEST:
        return None
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    keys = _keys(root)
    if not isinstance(keys.get("dependencies"), SequenceNode):
        return None
    listed = keys["dependencies"].value
    inner = [_keys(node).get("pip") for node in listed if isinstance(node, MappingNode)]
    return _Environment(
        packages=tuple(_scalars(listed)),
        pip=tuple(i for n in inner if isinstance(n, SequenceNode) for i in _scalars(n.value)),
        channels=tuple(_scalars(getattr(keys.get("channels"), "value", []))),
    )


def _keys(node: Node | None) -> dict[str, Node]:
    pairs = node.value if isinstance(node, MappingNode) else []
    return {key.value: value for key, value in pairs if isinstance(key, ScalarNode)}


def _scalars(nodes: object) -> Iterator[_Item]:
    for node in nodes if isinstance(nodes, list) else []:
        if isinstance(node, ScalarNode) and node.value.strip() and not node.tag.endswith(":null"):
            yield _Item(node.value.strip(), node.start_mark.line + 1)


def _declared(item: _Item, path: str, group: str) -> Declared | None:
    """Return the requirement that a package is, without text if it is none; None if unknown."""
    found = _SPEC.fullmatch(item.text)
    if found is None:
        return Declared(item.text, path, item.line, group, "is no package that can be told")
    name, version = found["name"].lower(), found["version"] or ""
    if name == "python" or name in _TOOLS:
        number = re.search(r"\d[\d.]*", version)
        is_old = name == "python" and number is not None and is_too_old(number.group())
        return Declared(item.text if is_old else "", path, item.line, group, TOO_OLD * is_old)
    exact = _PLAIN.fullmatch(version)
    if _OF_CONDA.fullmatch(name) or (exact and _is_no_python_build(exact["build"])):
        return None
    try:
        text = requirement_text(_RENAMED.get(name, name), specifier=_specifier(version))
    except InvalidRequirement:
        return Declared(item.text, path, item.line, group, "has a version that pip does not know")
    return Declared(text, path, item.line, group)


def _is_no_python_build(build: str | None) -> bool:
    """Tell whether the build of an exported package was made without Python."""
    return build not in (None, "*") and re.search(r"py(?:\d|hd|thon)", str(build)) is None


def _specifier(version: str) -> str:
    """Return a version of conda's as PEP 440 has it: ``=1.2`` is any 1.2; a build is left out.

    Raises InvalidRequirement.
    """
    plain = _PLAIN.fullmatch(version)
    if plain is None:
        bounds = re.sub(r"\s", "", version)
        if bounds and bounds[0] not in "*<>=!~":
            raise InvalidRequirement(version)
        return "" if bounds in ("*", "=*") else bounds
    build = plain["build"]
    is_any = plain["star"] or (plain["equal"] and build in (None, "*"))
    return f"=={plain['version']}.*" if is_any else f"=={plain['version']}"
