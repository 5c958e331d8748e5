"""What ``setup.py`` and ``setup.cfg`` declare about a project, read without running anything.

The keywords are setuptools' (https://setuptools.pypa.io/en/latest/references/keywords.html), the
sections of ``setup.cfg`` those of its declarative form
(https://setuptools.pypa.io/en/latest/userguide/declarative_config.html).
"""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join
from typing import Any

from packaging.requirements import InvalidRequirement

from relayout.inventory.assignments import times_bound
from relayout.inventory.declared import import_name, parse_requirement
from relayout.source import NotPython, Source, code_of, nodes_of
from relayout.tree import Tree

SCRIPT = "setup.py"
CONFIGURATION = "setup.cfg"

_MODULES = frozenset({"setuptools", "distutils.core", "numpy.distutils.core", "skbuild"})

_KEYWORD_SECTIONS = {
    "options.extras_require": "extras_require",
    "options.entry_points": "entry_points",
}
"""Sections of ``setup.cfg`` that stand for one keyword as a whole."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a keyword has, and the line that it stands in."""

    value: Any
    line: int


@dataclass(frozen=True)
class Setup:
    """What one file declares: the call of ``setup()``, or the sections of ``setup.cfg``.

    ``values`` are those that can be told without running code; ``unclear`` has the line of each
    that cannot, by keyword, ``**`` standing for a mapping that is unpacked.
    """

    file: str
    line: int
    values: Mapping[str, Value] = field(default_factory=dict)
    unclear: Mapping[str, int] = field(default_factory=dict)

    @property
    def source_folder(self) -> str:
        """The folder that packages lie in as ``package_dir`` says; empty for the root."""
        folders = self.values["package_dir"].value if "package_dir" in self.values else {}
        folder = folders.get("", "") if isinstance(folders, dict) else ""
        return folder.strip("./") if isinstance(folder, str) else ""


def read_setups(tree: Tree, folder: str = "") -> list[Setup]:
    """Return what ``setup.py`` and ``setup.cfg`` of a folder declare, in setuptools' precedence.

    A file that is not there, cannot be read or declares nothing is left out.
    """
    found = []
    script, configuration = join(folder, SCRIPT), join(folder, CONFIGURATION)
    if tree.is_regular(script):
        found.append(_read_script(tree.read(script)))
    if tree.is_regular(configuration):
        text = tree.read(configuration).decode("utf-8-sig", errors="replace")
        found.append(_read_configuration(text))
    return [setup for setup in found if setup is not None]


# -- setup.py


class _NotLiteral(Exception):
    pass


def setup_requirements(tree: Tree) -> frozenset[str]:
    """Return the import names of what ``install_requires`` declares, where that can be told."""
    names = set()
    for setup in read_setups(tree):
        declared = setup.values.get("install_requires")
        value = declared.value if declared is not None else []
        if isinstance(value, str):
            value = value.splitlines()
        for text in value if isinstance(value, list | tuple) else ():
            try:
                names.add(import_name(parse_requirement(str(text)).name))
            except InvalidRequirement:
                continue
    return frozenset(names)


def _read_script(content: bytes) -> Setup | None:
    try:
        module = Source.decode(content).parse()
    except NotPython:
        return None
    call = next(_setup_calls(module), None)
    if call is None:
        return None
    literals = _literals_by_name(module)
    values: dict[str, Value] = {}
    unclear: dict[str, int] = {}
    for keyword in call.keywords:
        line = keyword.value.lineno
        try:
            value = _literal(keyword.value, literals)
        except (_NotLiteral, TypeError, ValueError, RecursionError):
            unclear[keyword.arg or "**"] = line
            continue
        if keyword.arg is not None:
            values[keyword.arg] = Value(value, line)
        elif isinstance(value, dict):
            values |= {str(name): Value(item, line) for name, item in value.items()}
    return Setup(SCRIPT, call.lineno, values, unclear)


def _setup_calls(module: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls of ``setup``, whatever name it was imported under."""
    names: set[str] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.ImportFrom) and node.module in _MODULES:
            names |= {a.asname or a.name for a in node.names if a.name == "setup"}
        elif isinstance(node, ast.ImportFrom) and node.module == "distutils":
            names |= {f"{a.asname or a.name}.setup" for a in node.names if a.name == "core"}
        elif isinstance(node, ast.Import):
            names |= {f"{a.asname or a.name}.setup" for a in node.names if a.name in _MODULES}
    for node in nodes_of(module):
        if isinstance(node, ast.Call) and code_of(node.func) in names:
            yield node


def _literals_by_name(module: ast.Module) -> dict[str, ast.expr]:
    """Return the values of names that are bound once, at the top, and never changed in place."""
    bound = times_bound(nodes_of(module))
    changed = {
        node.value.id
        for node in nodes_of(module)
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name)
    }
    found: dict[str, ast.expr] = {}
    for statement in module.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            continue
        if isinstance(target, ast.Name) and bound[target.id] == 1:
            if isinstance(value, ast.Constant) or target.id not in changed:
                found[target.id] = value
    return found


def _literal(node: ast.expr, literals: Mapping[str, ast.expr]) -> Any:
    """Return the value of an expression of literals and names bound to them.

    Raises _NotLiteral for any other, and TypeError or RecursionError for one that makes no sense.
    """
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name) and node.id in literals:
        return _literal(literals[node.id], literals)
    if isinstance(node, ast.List | ast.Tuple):
        return [_literal(item, literals) for item in node.elts]
    if isinstance(node, ast.Set):
        return [_literal(item, literals) for item in node.elts]
    if isinstance(node, ast.Dict) and all(key is not None for key in node.keys):
        keys = [_literal(key, literals) for key in node.keys if key is not None]
        values = [_literal(value, literals) for value in node.values]
        return dict(zip(keys, values, strict=True))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _literal(node.left, literals) + _literal(node.right, literals)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        if not node.args and all(keyword.arg for keyword in node.keywords):
            return {k.arg: _literal(k.value, literals) for k in node.keywords}
    raise _NotLiteral


# -- setup.cfg


def _read_configuration(text: str) -> Setup | None:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    lines = _lines_of_keys(text)
    values: dict[str, Value] = {}
    unclear: dict[str, int] = {}
    for section in ("metadata", "options"):
        for key, text_value in parser.items(section) if section in parser else ():
            keyword, line = key.replace("-", "_"), lines.get((section, key), 0)
            if text_value.startswith(("attr:", "file:")):
                unclear[keyword] = line
            elif keyword == "package_dir":
                values[keyword] = Value(_pairs(text_value), line)
            else:
                values[keyword] = Value(text_value, line)
    for section, keyword in _KEYWORD_SECTIONS.items():
        if section in parser:
            values[keyword] = Value(dict(parser.items(section)), lines.get((section, ""), 0))
    if not values and not unclear:
        return None
    sections = ("metadata", "options", *_KEYWORD_SECTIONS)
    first = min(lines.get((section, ""), 0) for section in sections if section in parser)
    return Setup(CONFIGURATION, first, values, unclear)


def _lines_of_keys(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each (section, key) of a configuration file; of a header, without key."""
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("[") and "]" in line:
            section = line[1 : line.index("]")]
            found.setdefault((section, ""), number)
        elif line[:1].strip():
            found.setdefault((section, re.split("[=:]", line)[0].strip()), number)
    return found


def _pairs(text: str) -> dict[str, str]:
    """Return what lines of ``name = value`` say."""
    parts = (line.partition("=") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _, value in parts}
