"""The facts about a file whose import statements changed, from a parse of the changed part alone.

A Python file is a row of statements at the top level
(https://docs.python.org/3/reference/grammar.html#full-grammar-specification, ``file``). What stands
behind the last one that holds an edit is, character for character, what was parsed before; so only
what stands up to there is parsed again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from relayout.inventory.path_consumers import may_open
from relayout.inventory.python import (
    ImportStatement,
    PythonFile,
    facts_of_content,
    import_statements,
    named_in_strings,
)
from relayout.source import Edit, NotPython, Source, apply_edits


def facts_after(
    source: Source, facts: PythonFile, edits: Sequence[Edit], new: Source, new_path: str
) -> PythonFile:
    """Return the facts about a file's new text that depend on it alone. Raises NotPython."""
    if all(edit.kind == "import" for edit in edits):
        known = _from_changed_part(source, facts, edits, new_path)
        if known is not None:
            return replace(known, opens_files=may_open(new.text))
    return facts_of_content(new_path, new, new.parse())


def _from_changed_part(
    source: Source, facts: PythonFile, edits: Sequence[Edit], new_path: str
) -> PythonFile | None:
    """Return the facts, or None if the whole text has to be asked."""
    last_line = bisect_right(source.line_starts, max(edit.end for edit in edits))
    end_line = max((s.block_end for s in facts.statements if s.line <= last_line), default=0)
    if end_line >= len(source.line_starts) - 1:
        return None
    end = source.line_starts[end_line]
    part = Source(apply_edits(source.text[:end], edits), source.encoding, source.bom)
    try:
        module = part.parse()
    except NotPython:
        return None
    changed = import_statements(part, module)
    ahead = [s for s in facts.statements if s.line <= end_line]
    if _bound(ahead) != _bound(changed):
        return None
    added = len(part.line_starts) - 1 - end_line
    if added and facts.module_strings:
        return None
    behind = [s.shifted(added) for s in facts.statements if s.line > end_line]
    named_files = facts.named_files
    if added:
        named, _ = named_in_strings(part, module)
        moved = [(line + added, text) for line, text in named_files if line > end_line]
        named_files = (*named, *moved)
    return replace(
        facts,
        path=new_path,
        statements=(*changed, *behind),
        named_files=named_files,
        hacks=(),
        named_paths=frozenset(),
        path_constants=(),
    )


def _bound(statements: Iterable[ImportStatement]) -> set[str]:
    return {name.bound for statement in statements for name in statement.imported_names()}
