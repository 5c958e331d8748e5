"""Which statements of settings mean the same in another module: those that are carried over.

They may use Python itself, what the standard library computes without asking for the file's place
or for the program, and the libraries that read settings from the environment. What asks Django, the
network or a program's arguments is not understood.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterable, Mapping

from relayout.conversions.django.settings.modules import Step
from relayout.inventory.django.names import dotted_origin
from relayout.source import nodes_in

_LIBRARY = (
    *("os.environ", "os.getenv", "os.path", "os.sep", "os.pathsep", "os.linesep", "os.name"),
    *("os.cpu_count", "os.getcwd", "os.makedirs", "os.mkdir", "os.fspath", "os.uname", "os.curdir"),
    "os.devnull",
    *("pathlib", "datetime", "decimal", "fractions", "json", "re", "uuid", "base64", "hashlib"),
    *("collections", "itertools", "functools", "operator", "string", "math", "enum", "types"),
    *("copy", "typing", "textwrap", "ast.literal_eval", "urllib.parse", "tempfile.gettempdir"),
    *("socket.gethostname", "socket.getfqdn", "platform", "multiprocessing.cpu_count", "ssl"),
    *(
        "sys.stdout",
        "sys.stderr",
        "sys.stdin",
        "sys.platform",
        "sys.version_info",
        "sys.version",
        "sys.executable",
        "sys.maxsize",
    ),
    *("sys.prefix", "logging", "configparser", "secrets", "random", "getpass.getuser", "http"),
    *("zoneinfo", "ipaddress", "tomllib", "distutils.util.strtobool", "io", "contextlib.suppress"),
)
"""What may be used of the standard library, by qualified name; all that is below it too."""

LIBRARIES: Mapping[str, str] = {
    "environ": "django-environ",
    "decouple": "python-decouple",
    "dj_database_url": "dj-database-url",
    "dotenv": "python-dotenv",
    "environs": "environs",
    "celery": "celery",
    "kombu": "kombu",
    "yaml": "PyYAML",
    "pytz": "pytz",
    "dateutil": "python-dateutil",
}
"""Other libraries that may be used, each with the distribution that has it."""

_NOT_CALLED = frozenset(
    {"__import__", "eval", "exec", "compile", "globals", "locals", "vars", "input", "setattr"}
    | {"delattr", "breakpoint", "exit", "quit", "super", "memoryview"}
)
_OF_THE_MODULE = frozenset({"__name__", "__package__", "__doc__", "__spec__", "__loader__"})

_NEVER = (
    *(ast.ClassDef, ast.AsyncFunctionDef, ast.Await, ast.Yield, ast.YieldFrom, ast.Global),
    ast.Match,
)


def problem_of(
    step: Step, origins: Mapping[str, str], known: frozenset[str], unclear: Collection[int]
) -> str:
    """Return why a statement may mean something else elsewhere, or an empty string.

    ``origins`` are the qualified names of what is imported, ``known`` the names that are bound.
    ``unclear`` are the ids of nodes that cannot be told a meaning.
    """
    if isinstance(step.node, ast.Import | ast.ImportFrom):
        return ""
    nodes = nodes_in(step.node)
    for guard in step.guards:
        nodes += nodes_in(guard.node.test)
    inner = {id(n.value) for n in nodes if isinstance(n, ast.Attribute)}
    asked = _asked_whether_in(nodes)
    known |= _own_names(nodes)
    for node in nodes:
        if isinstance(node, _NEVER):
            return (
                "it is set by a class or a coroutine" if _is_definition(node) else "it is set late"
            )
        if id(node) in unclear:
            return "it is a path that is computed from __file__ in a way that cannot be told"
        if isinstance(node, ast.Import | ast.ImportFrom):
            return "it depends on an import that may fail"
        if id(node) in inner or id(node) in asked:
            continue
        if isinstance(node, ast.Name | ast.Attribute):
            problem = _problem_of_name(node, origins, known)
            if problem:
                return problem
    return ""


def is_understood(qualified: str) -> bool:
    """Tell whether a qualified name is one of those that may be used."""
    if qualified.partition(".")[0] in LIBRARIES:
        return True
    return any(qualified == name or qualified.startswith(f"{name}.") for name in _LIBRARY)


def _problem_of_name(
    node: ast.Name | ast.Attribute, origins: Mapping[str, str], known: frozenset[str]
) -> str:
    qualified = dotted_origin(node, origins)
    if qualified:
        return "" if is_understood(qualified) else f"it is computed by {qualified}"
    if isinstance(node, ast.Attribute):
        node_root: ast.expr = node
        while isinstance(node_root, ast.Attribute):
            node_root = node_root.value
        if not isinstance(node_root, ast.Name):
            return ""
        node = node_root
    if node.id in _OF_THE_MODULE:
        return f"it is computed from {node.id}"
    if node.id in known or node.id == "__file__":
        return ""
    if not hasattr(builtins, node.id):
        return f"it depends on {node.id}, which is set elsewhere"
    return f"it is computed by {node.id}()" if node.id in _NOT_CALLED else ""


def _own_names(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Return the names that functions and comprehensions of a statement bind for themselves."""
    found = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    found |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    found |= {n.name for n in nodes if isinstance(n, ast.FunctionDef)}
    return frozenset(found | {n.name for n in nodes if isinstance(n, ast.ExceptHandler) and n.name})


def _asked_whether_in(nodes: list[ast.AST]) -> set[int]:
    """Return the ids of each ``sys.argv`` of which is only asked whether a word is in it.

    A job has the arguments that followed the command's name, so the answer stays the same.
    """
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            if isinstance(node.ops[0], ast.In | ast.NotIn) and isinstance(node.left, ast.Constant):
                asked = node.comparators[0]
                if isinstance(asked, ast.Attribute) and asked.attr == "argv":
                    found |= {id(asked), id(asked.value)}
    return found


def _is_definition(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef | ast.AsyncFunctionDef)
