"""Programs in strings, for ``python -c``, ``exec`` or a file: their imports are read, not edited.

Whether a text is run as a program is seldom to be told, so imports of what has another name now are
reported with their line (https://docs.python.org/3/using/cmdline.html#cmdoption-c).
"""

from __future__ import annotations

import ast
import re

from relayout.inventory import Inventory
from relayout.inventory.search_paths import module_name
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import nodes_of

_IMPORT = re.compile(
    r"(?:^|[;\n:])[ \t]*"
    r"(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w.]+)[ \t]*(?=$|[;\n#,]|as\b))"
)
_RUNNERS = ("sys.executable", '"-c"', "'-c'", "exec(")
_WRITERS = (".write(", "write_text(", "makepyfile(")


def may_run_strings(text: str) -> bool:
    """Tell whether a file may run a program that it holds in a string, or write one."""
    return any(word in text for word in (*_RUNNERS, *_WRITERS))


def imports_in_strings(
    module: ast.Module, path: str, inventory: Inventory, destination: Destination
) -> list[Finding]:
    """Return a finding for each module that a program in a string imports by its old name."""
    new_path = destination.of_file(path)
    findings = []
    nodes = nodes_of(module)
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) in docstrings:
            continue
        for match in _IMPORT.finditer(node.value):
            name = match.group(1) or match.group(2)
            located = inventory.resolver.finder.find(inventory.resolver.roots, name)
            if located is None or located.file is None:
                continue
            now = destination.of_file(located.file)
            if module_name(now) == module_name(located.file):
                continue
            message = f"the program in this string imports {name}, now {module_name(now)}"
            advice = "Change the string by hand."
            code = "reference-not-followed"
            findings.append(Finding(code, new_path, node.lineno, message, advice))
    return findings
