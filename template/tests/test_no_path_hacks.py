"""Nothing in src/ or tests/ changes the search path: the package is installed instead.

The sources are parsed, never imported.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
METHODS = {"append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"}


def path_hacks(source: str | bytes) -> Iterator[tuple[int, str]]:
    """Yield line and text of each statement that changes `sys.path`, or adds a site folder."""
    tree = ast.parse(source)
    known = {"sys.path", "site.addsitedir"}
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in {"sys", "site"} and alias.asname:
                    names[alias.asname] = alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                if f"{node.module}.{alias.name}" in known:
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def target(node: ast.expr) -> str:
        """Return what an expression refers to, with the module's aliases resolved."""
        if isinstance(node, ast.Name):
            return names.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            return f"{target(node.value)}.{node.attr}"
        if isinstance(node, ast.Subscript):
            return target(node.value)
        return ""

    for node in ast.walk(tree):
        changed: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            changed = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            changed = [node.target]
        elif isinstance(node, ast.Delete):
            changed = node.targets
        found = any(
            not isinstance(place, ast.Name) and target(place) == "sys.path" for place in changed
        )
        if isinstance(node, ast.AugAssign) and target(node.target) == "sys.path":
            found = True
        if isinstance(node, ast.Call):
            called = target(node.func)
            owner, _, method = called.rpartition(".")
            found = called == "site.addsitedir" or (owner == "sys.path" and method in METHODS)
        if found:
            yield node.lineno, ast.unparse(node)


def test_no_file_changes_the_search_path() -> None:
    found = []
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            shown = path.relative_to(ROOT).as_posix()
            try:
                hacks = list(path_hacks(path.read_bytes()))
            except (SyntaxError, ValueError) as error:
                hacks = [(getattr(error, "lineno", 1), f"cannot be read: {error}")]
            found += [f"{shown}:{line}: {text}" for line, text in hacks]
    assert not found, "the search path is changed in:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nsys.path.insert(0, 'lib')",
        "import sys as system\nsystem.path.append('lib')",
        "from sys import path\npath.extend(['lib'])",
        "import sys\nsys.path = ['lib', *sys.path]",
        "import sys\nsys.path[0:0] = ['lib']",
        "import sys\nsys.path += ['lib']",
        "import site\nsite.addsitedir('lib')",
        "from site import addsitedir as add\nadd('lib')",
        "def late():\n    import sys\n    sys.path.insert(0, 'lib')",
    ],
)
def test_a_change_of_the_search_path_is_seen(source: str) -> None:
    assert [line for line, _ in path_hacks(source)] == [source.count("\n") + 1]


@pytest.mark.parametrize(
    "source",
    [
        "import sys\nprint(sys.path)",
        "import os\nos.path.join('a', 'b')",
        "path = []\npath.append('lib')",
        "text = 'sys.path.insert(0, x)'",
        "import sys\npath = list(sys.path)\npath.append('lib')",
    ],
)
def test_other_code_is_left_alone(source: str) -> None:
    assert list(path_hacks(source)) == []
