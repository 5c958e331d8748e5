"""Whether an assignment of settings has a secret written out in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from relayout.source import nodes_in

_SECRET = re.compile(
    r"SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY(?!_?ID)|CREDENTIAL"
    r"|SIGNING_KEY|ENCRYPTION_KEY|(?:^|_)PWD$|(?:^|_)DSN$",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(r"://[^/\s:@]*:[^/\s@]+@")


def has_secret(node: ast.stmt) -> bool:
    """Tell whether a statement writes out a value under a name that secrets have.

    The names of environment variables are none; a default that stands in for one is.
    """
    return any(_is_secret(name, value) for name, value in _named_values(node))


def _named_values(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield the values that are given a name: assigned, or under a key of a dictionary."""
    for part in nodes_in(node):
        if isinstance(part, ast.Assign | ast.AnnAssign) and part.value is not None:
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            for target in targets:
                yield _name_of(target), part.value
        elif isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            if _CREDENTIALS.search(part.value):
                yield "CREDENTIALS", part


def _name_of(target: ast.expr) -> str:
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    return target.id if isinstance(target, ast.Name) else ""


def _is_secret(name: str, value: ast.expr) -> bool:
    return bool(_SECRET.search(name)) and any(_texts(value))


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that a value may be; a call's first argument names a variable."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str | bytes) and node.value:
            yield str(node.value)
    elif isinstance(node, ast.Call):
        for argument in [*node.args[1:], *(k.value for k in node.keywords)]:
            yield from _texts(argument)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from _texts(item)
