"""What kind of file a path is: code, test, notebook, document, data, SQL, configuration, flow."""

from __future__ import annotations

import re
from posixpath import basename, dirname, splitext

from relayout.inventory.paths_of_tests import is_test
from relayout.tree import Tree

_BY_SUFFIX = {
    ".ipynb": "notebook",
    ".md": "document",
    ".rst": "document",
    ".adoc": "document",
    ".docx": "document",
    ".pdf": "document",
    ".csv": "data",
    ".tsv": "data",
    ".xlsx": "data",
    ".xls": "data",
    ".parquet": "data",
    ".jsonl": "data",
    ".avro": "data",
    ".sql": "sql",
    ".toml": "config",
    ".yml": "config",
    ".yaml": "config",
    ".ini": "config",
    ".cfg": "config",
}
_AT_ROOT = re.compile(
    r"(readme|licen[cs]e|copying|changelog|changes|history|contributing|code_of_conduct|security"
    r"|authors|notice|claude|agents|gemini|copilot)\b",
    re.IGNORECASE,
)
SCRATCH = frozenset(
    {"dev", "old", "archive", "archived", "backup", "backups", "deprecated", "legacy", "tmp"}
    | {"temp", "scratch", "playground", "sandbox", "examples", "example", "attic"}
)
"""Folders of what was tried, or put away."""
_FLOW_KEYS = tuple(re.compile(rf"^{key}:", re.MULTILINE) for key in ("id", "namespace", "tasks"))


def migration_folders(tree: Tree) -> frozenset[str]:
    """Return the folders that Alembic keeps migrations in: those with ``script.py.mako``."""
    return frozenset(
        dirname(path)
        for path in tree
        if path.endswith("script.py.mako")
        and basename(path) == "script.py.mako"
        and f"{dirname(path)}/env.py" in tree
    )


def kind_of(path: str, tree: Tree) -> str:
    """Return the kind of a file, one of :data:`relayout.recipes.KINDS`."""
    name = basename(path)
    if name.endswith(".py"):
        return "test" if is_test(path) else "python"
    if "/" not in path and _AT_ROOT.match(name):
        return "other"
    _, suffix = splitext(name.removesuffix(".j2").removesuffix(".jinja"))
    if suffix in (".yml", ".yaml") and tree.is_regular(path):
        text = tree.read(path).decode("utf-8", errors="replace")
        if all(key.search(text) for key in _FLOW_KEYS):
            return "workflow"
    if "/" not in path and _BY_SUFFIX.get(suffix) == "config":
        return "other"
    return _BY_SUFFIX.get(suffix, "other")
