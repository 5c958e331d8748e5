"""Calls that start dbt in the root, where its project was: a person has to say where it is now."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from posixpath import dirname

from relayout.inventory.dbt import PROJECT
from relayout.inventory.path_bindings import Bindings
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import last_name, nodes_of

_COMMANDS = r"(?:build|run|test|seed|snapshot|parse|compile|deps|ls|list|docs|source|run-operation)"
_COMMAND = re.compile(rf"dbt(?:\s+-[\w-]+)*\s+{_COMMANDS}\b")
_STARTS = frozenset(
    {"run", "call", "check_call", "check_output", "Popen", "system", "popen", "getoutput"}
)
_HOLDS = re.compile(r"(?:\w*_)?(?:cmd|command|args|commands)", re.IGNORECASE)
_ADVICE = "Say where it is: --project-dir and --profiles-dir, or the folder that it is started in."


def calls_without_project(
    module: ast.Module, path: str, destination: Destination
) -> Iterator[Finding]:
    """Yield a finding for each command of dbt that finds its project in the root no more.

    One that names a project, or that is started in a folder that the call names, is left out.
    """
    place = dirname(destination.of_file(PROJECT))
    if PROJECT not in destination.before or not place:
        return
    parents = Bindings(module).parents
    for node in nodes_of(module):
        command = _command(node)
        if not _COMMAND.match(command) or "--project-dir" in command:
            continue
        around = parents.get(id(node))
        if not _is_started(node, around):
            continue
        message = f'"{command[:60]}" looks for {PROJECT} in the root, which is now in {place}'
        line = getattr(node, "lineno", 0)
        yield Finding("reference-not-followed", destination.of_file(path), line, message, _ADVICE)


def _is_started(node: ast.AST, around: ast.AST | None) -> bool:
    """Tell whether a command is one that code starts in the root: a text may be a message."""
    if isinstance(around, ast.Call):
        if any(keyword.arg in ("cwd", "env") for keyword in around.keywords):
            return False
        return not isinstance(node, ast.Constant) or last_name(around.func) in _STARTS
    if isinstance(around, ast.keyword):
        return bool(_HOLDS.fullmatch(around.arg or ""))
    if isinstance(around, ast.Assign):
        return bool(_HOLDS.fullmatch(last_name(around.targets[0])))
    return not isinstance(node, ast.Constant)


def _command(node: ast.AST) -> str:
    """Return the command that a text or a list of words is, as far as it is told."""
    if isinstance(node, ast.Constant):
        return node.value.strip() if isinstance(node.value, str) else ""
    if not isinstance(node, ast.List | ast.Tuple):
        return ""
    words = [word.value for word in node.elts if isinstance(word, ast.Constant)]
    return " ".join(word for word in words if isinstance(word, str))
