"""Where in Python code a string stands, and what that says about its meaning.

Some callables take the name of a module, or of something in a module. Elsewhere, the name that a
string is given (a variable, a keyword, a key, a function) may say that it is no module's name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from relayout.inventory.library_names import imported_names
from relayout.source import last_name, nodes_of


class Place(Enum):
    """What kind of name is wanted where a string stands."""

    MODULE = "module"
    OBJECT = "object"
    """A module, or what can be reached through it: a class, a function, an attribute of those."""
    LOGGER = "logger"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument that names a module or an object: its position, or its keyword."""

    place: Place
    position: int
    keyword: str


def _module(keyword: str) -> Parameter:
    return Parameter(Place.MODULE, 0, keyword)


def _object(keyword: str) -> Parameter:
    return Parameter(Place.OBJECT, 0, keyword)


_RESOURCES = ("files", "path", "read_text", "open_text", "read_binary", "open_binary")
_RESOURCES_LISTED = ("contents", "is_resource")
_PKG_RESOURCES = ("filename", "string", "stream", "exists", "isdir", "listdir")

# https://docs.python.org/3/library/modules.html, https://docs.python.org/3/library/unittest.mock.html,
# https://setuptools.pypa.io/en/latest/pkg_resources.html, https://docs.pytest.org/en/stable/reference
_PARAMETERS: Mapping[str, Parameter] = {
    "__import__": _module("name"),
    "importlib.import_module": _module("name"),
    "importlib.find_loader": _module("name"),
    "importlib.util.find_spec": _module("name"),
    "pkgutil.find_loader": _module("fullname"),
    "pkgutil.get_loader": _module("module_or_name"),
    "pkgutil.get_data": _module("package"),
    "pkgutil.resolve_name": _object("name"),
    "pydoc.locate": _object("path"),
    "runpy.run_module": _module("mod_name"),
    "pytest.importorskip": _module("modname"),
    "django.utils.module_loading.import_string": _object("dotted_path"),
    "werkzeug.utils.import_string": _object("import_name"),
    "logging.getLogger": Parameter(Place.LOGGER, 0, "name"),
    **{f"importlib.resources.{n}": _module("package") for n in (*_RESOURCES, *_RESOURCES_LISTED)},
    **{f"importlib_resources.{n}": _module("package") for n in (*_RESOURCES, *_RESOURCES_LISTED)},
    **{f"pkg_resources.resource_{n}": _module("package_or_requirement") for n in _PKG_RESOURCES},
}
_METHODS: Mapping[str, Parameter] = {
    "patch": _object("target"),
    "patch.dict": _object("in_dict"),
    "patch.multiple": _object("target"),
    "setattr": _object("target"),
    "delattr": _object("target"),
    "import_module": _module("name"),
    "assertLogs": Parameter(Place.LOGGER, 0, "logger"),
    "assertNoLogs": Parameter(Place.LOGGER, 0, "logger"),
    "at_level": Parameter(Place.LOGGER, 1, "logger"),
    "set_level": Parameter(Place.LOGGER, 1, "logger"),
}
"""By the end of a callable's name: those that are reached through a fixture or another module."""

_MODULES_METHODS = frozenset({"sys.modules.get", "sys.modules.pop", "sys.modules.setdefault"})
_ITEM_METHODS = frozenset({"setitem", "delitem"})

_SHOWN = frozenset(
    {"print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "echo"}
    | {"write", "secho", "fail", "skip"}
)
_OTHERWISE = re.compile(
    r"(?:^|_)(?:tables?|topics?|queues?|columns?|fields?|metrics?|buckets?|datasets?|schemas?|events?"
    r"|channels?|hosts?|domains?|urls?|uris?|index|indices|collections?|streams?|emails?|files?"
    r"|filenames?|tags?|labels?|titles?|text|messages?|msg|sql|query|database|catalog|views?|id)$"
    r"|^(?:path|pure_path|open|connect|join|exists|remove|unlink|read_.*|to_.*)$"
)
"""Names of things that are written with dots and are no modules: tables, topics, metrics, files."""

_TYPES = frozenset(
    {"Optional", "Union", "List", "list", "Dict", "dict", "Type", "type", "Set", "set", "Tuple"}
    | {"tuple", "Callable", "Sequence", "Mapping", "Iterable", "Iterator", "ClassVar", "Final"}
)
_TYPE_CALLS = frozenset({"cast", "TypeVar", "ForwardRef", "NewType"})


class Surroundings:
    """What stands around the strings of one file."""

    def __init__(self, module: ast.Module) -> None:
        self.nodes: Sequence[ast.AST] = nodes_of(module)
        self._aliases = imported_names(self.nodes)
        self._parents: dict[int, ast.AST] | None = None

    def qualified(self, node: ast.AST) -> str:
        """Return the full dotted name of a name or attribute; empty if it has none."""
        if isinstance(node, ast.Name):
            return self._aliases.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            base = self.qualified(node.value)
            return f"{base}.{node.attr}" if base else ""
        return ""

    def parameter(self, call: ast.Call) -> tuple[ast.expr, Place] | None:
        """Return the argument of a call that names a module or an object, and which of them."""
        if isinstance(call.func, ast.Attribute) and call.func.attr in _ITEM_METHODS:
            if len(call.args) > 1 and self.qualified(call.args[0]) == "sys.modules":
                return call.args[1], Place.MODULE
            return None
        name = self.qualified(call.func)
        known = _PARAMETERS.get(name) or (_module("") if name in _MODULES_METHODS else None)
        if known is None and isinstance(call.func, ast.Attribute | ast.Name):
            known = self._by_end(call.func, name)
        if known is None:
            return None
        if len(call.args) > known.position:
            return call.args[known.position], known.place
        given = [k.value for k in call.keywords if k.arg in (known.keyword, "anchor")]
        return (given[0], known.place) if given else None

    def _by_end(self, func: ast.Attribute | ast.Name, name: str) -> Parameter | None:
        if isinstance(func, ast.Name):
            end = name.rpartition(".")[2]
            is_method = end in ("setattr", "delattr")
            return None if is_method or name == func.id else _METHODS.get(end)
        inner = func.value
        if last_name(inner) == "patch" or name.endswith(f".patch.{func.attr}"):
            return _METHODS.get(f"patch.{func.attr}")
        return _METHODS.get(func.attr)

    def module_keys(self, call: ast.Call) -> list[ast.expr]:
        """Return the keys of the dictionary by which a call of ``patch.dict`` fills sys.modules."""
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "dict" or not call.args:
            return []
        target, *rest = call.args
        named = target.value if isinstance(target, ast.Constant) else self.qualified(target)
        values = [*rest, *(k.value for k in call.keywords)]
        if named != "sys.modules":
            return []
        return [key for v in values if isinstance(v, ast.Dict) for key in v.keys if key is not None]

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return the node that a node stands in."""
        if self._parents is None:
            self._parents = {
                id(child): node for node in self.nodes for child in ast.iter_child_nodes(node)
            }
        return self._parents.get(id(node))

    def is_mere_text(self, node: ast.expr) -> bool:
        """Tell whether a string is a docstring, a type, or part of another string."""
        inner: ast.AST = node
        outer = self.parent(node)
        while isinstance(outer, ast.expr | ast.keyword):
            if isinstance(outer, ast.JoinedStr):
                return inner is node
            if isinstance(outer, ast.Subscript) and inner is outer.slice:
                if self.qualified(outer.value).rpartition(".")[2] in _TYPES:
                    return True
            if isinstance(outer, ast.Call):
                if self.qualified(outer.func).rpartition(".")[2] in _TYPE_CALLS:
                    return True
            inner, outer = outer, self.parent(outer)
        if isinstance(outer, ast.AnnAssign | ast.arg):
            return inner is outer.annotation
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            return inner is outer.returns
        return isinstance(outer, ast.Expr) and outer.value is node

    def is_shown(self, node: ast.expr) -> bool:
        """Tell whether a string is only shown to people: printed, logged or raised."""
        outer = self.parent(node)
        if not isinstance(outer, ast.Call) or node not in outer.args:
            return False
        return last_name(outer.func) in _SHOWN or isinstance(self.parent(outer), ast.Raise)

    def is_called_otherwise(self, node: ast.expr) -> bool:
        """Tell whether what a string is given to says that it is no module's name."""
        return any(_OTHERWISE.search(label) for label in self._labels(node))

    def _labels(self, node: ast.expr) -> list[str]:
        """Return the names, in lower case, that the place of a string goes by."""
        inner: ast.AST = node
        outer = self.parent(node)
        while isinstance(outer, ast.List | ast.Tuple | ast.Set | ast.Dict | ast.IfExp | ast.BoolOp):
            if isinstance(outer, ast.Dict) and inner in outer.values:
                return [_key_of(outer, inner).lower()]
            inner, outer = outer, self.parent(outer)
        if isinstance(outer, ast.keyword):
            return [(outer.arg or "").lower()]
        if isinstance(outer, ast.Call):
            return [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", last_name(outer.func)).lower()]
        targets: list[ast.expr] = []
        if isinstance(outer, ast.Assign):
            targets = outer.targets
        elif isinstance(outer, ast.AnnAssign):
            targets = [outer.target]
        return [_name_of(target).lower() for target in targets]


def logger_keys(node: ast.Dict) -> list[ast.expr]:
    """Return the names of loggers in a logging configuration: the keys below ``"loggers"``.

    https://docs.python.org/3/library/logging.config.html#dictionary-schema-details
    """
    return [
        key
        for outer, value in zip(node.keys, node.values, strict=True)
        if isinstance(outer, ast.Constant) and outer.value == "loggers"
        if isinstance(value, ast.Dict)
        for key in value.keys
        if key is not None
    ]


def _key_of(dictionary: ast.Dict, value: ast.AST) -> str:
    for key, held in zip(dictionary.keys, dictionary.values, strict=True):
        if held is value and isinstance(key, ast.Constant) and isinstance(key.value, str):
            return key.value
    return ""


def _name_of(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    return last_name(target)
