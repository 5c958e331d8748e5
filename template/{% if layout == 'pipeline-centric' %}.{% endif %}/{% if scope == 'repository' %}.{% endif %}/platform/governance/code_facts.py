"""What the orchestration code of a pipeline says: assets, and when they run. It is parsed, not run.

Dagster: functions decorated with `asset`, the `cron_schedule` of schedules. Airflow: the `schedule` of a DAG. What
is computed when the code runs is not seen here.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dbt_nodes import Node

DECORATORS = {"asset", "graph_asset", "observable_source_asset"}
SCHEDULES = {"cron_schedule", "schedule", "schedule_interval"}


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """The assets that are named in the code, its schedules, and every word in it."""

    assets: tuple[Node, ...] = ()
    schedules: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


def code_facts(folder: Path) -> CodeFacts:
    """Return what the modules in a folder say."""
    assets: dict[str, Node] = {}
    schedules: set[str] = set()
    words: set[str] = set()
    problems: list[str] = []
    for path in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            problems.append(f"orchestration/{path.relative_to(folder).as_posix()} cannot be read")
            continue
        for node in ast.walk(tree):
            words.update(_words(node))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assets.update((asset.name, asset) for asset in _assets(node))
            elif isinstance(node, ast.Call):
                schedules.update(_schedules(node))
    known = set(assets)
    found = tuple(
        Node(asset.name, asset.kind, asset.description, tuple(sorted(known & set(asset.reads))))
        for _, asset in sorted(assets.items())
    )
    return CodeFacts(found, tuple(sorted(schedules)), frozenset(words), tuple(problems))


def _assets(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Node]:
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if _last(called) not in DECORATORS:
            continue
        keywords = {}
        if isinstance(decorator, ast.Call):
            keywords = {keyword.arg: keyword.value for keyword in decorator.keywords}
        about = (ast.get_docstring(function) or "").partition("\n\n")[0]
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        reads = {argument.arg for argument in arguments} | set(_names(keywords.get("deps")))
        name = _key(keywords.get("key")) or _string(keywords.get("name")) or function.name
        yield Node(name, "asset", " ".join(about.split()), tuple(sorted(reads - {name})))


def _key(value: ast.expr | None) -> str:
    """Return the last part of an asset key: of `"orders/files"`, and of `[NAME, "files"]`."""
    if isinstance(value, ast.List | ast.Tuple) and value.elts:
        value = value.elts[-1]
    return _string(value).rpartition("/")[2]


def _names(value: ast.expr | None) -> Iterator[str]:
    """Yield the names and texts in a list, as `deps=[orders, "stock"]` has them."""
    for part in ast.walk(value) if value else ():
        if isinstance(part, ast.Name):
            yield part.id
        elif _string(part):
            yield _string(part)


def _schedules(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        text = _string(keyword.value)
        if keyword.arg in SCHEDULES and (text.startswith("@") or len(text.split()) == 5):
            yield text


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif _string(node):
        yield _string(node)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _string(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
