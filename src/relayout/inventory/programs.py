"""What a module is when it is run: its main guard, what it does by itself, and its ``main``."""

from __future__ import annotations

import ast

from relayout.source import code_of

_MAIN_CALLS = frozenset({"main()", "sys.exit(main())", "exit(main())", "SystemExit(main())"})
_QUIET_CALLS = ("sys.path", "warnings.", "logging.")


def is_main_guard(node: ast.AST) -> bool:
    """Tell whether a statement is ``if __name__ == "__main__":``."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    parts = [node.test.left, *node.test.comparators]
    return any(isinstance(p, ast.Name) and p.id == "__name__" for p in parts) and any(
        isinstance(p, ast.Constant) and p.value == "__main__" for p in parts
    )


def acts(node: ast.stmt) -> bool:
    """Tell whether a top-level statement does something when the file is run."""
    if isinstance(node, ast.For | ast.While | ast.With):
        return True
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and not _leading_name(node.value.func).startswith(_QUIET_CALLS)
    )


def _leading_name(node: ast.expr) -> str:
    """Return the dotted name that an expression begins with, such as ``a.b`` of ``a.b().c``."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
        else:
            parts.clear()
        node = node.func if isinstance(node, ast.Call) else node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def main_problem(module: ast.Module) -> str | None:
    """Return why ``main`` cannot be a console script: ``""`` if it can, None if there is none.

    An entry point is called without arguments, and what it returns becomes the exit status
    (https://packaging.python.org/en/latest/specifications/entry-points/).
    """
    for node in module.body:
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "main":
            return "main is a coroutine function, which an entry point would not await"
        if isinstance(node, ast.FunctionDef) and node.name == "main":
            arguments = node.args
            required = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
            required += sum(default is None for default in arguments.kw_defaults)
            if required:
                return f"main needs {required} argument(s)"
            return "" if _guard_only_calls_main(module) else "its main guard does more than main()"
    return None


def _guard_only_calls_main(module: ast.Module) -> bool:
    guards = [node for node in module.body if is_main_guard(node) and isinstance(node, ast.If)]
    return all(
        isinstance(statement, ast.Expr | ast.Raise)
        and code_of(statement).removeprefix("raise ") in _MAIN_CALLS
        for guard in guards
        for statement in guard.body
    ) and all(len(guard.body) == 1 for guard in guards)
