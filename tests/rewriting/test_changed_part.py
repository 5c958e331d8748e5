"""The facts that a parse of the changed part gives are those that a parse of the whole gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relayout.inventory.python import PythonFile, facts_of_content
from relayout.rewriting.changed_part import facts_after
from relayout.source import Edit, Source, apply_edits

MORE = """

NAME = 'a.b'


def f():
    import late
    return late


if x:
    from a import c
"""


def without_runs(facts: PythonFile) -> PythonFile:
    """Return facts whose numbers of runs, of which only equality counts, are numbered anew."""
    numbers: dict[int, int] = {}
    statements = [s._replace(run=numbers.setdefault(s.run, len(numbers))) for s in facts.statements]
    return replace(facts, statements=tuple(statements))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("import a\n", "import a", "import p.a as a"),
        ("import a, b\n", "import a, b", "import p.a as a\nimport q.b as b"),
        (
            "from a import (\n    b,\n    d,\n)\n",
            "from a import (\n    b,\n    d,\n)",
            "import b, d",
        ),
        ("import a; y = 1\n", "import a", "from p import a"),
        ("import a; y = '''\nimport z\n'''\n", "import a", "from p import a"),
        ("try:\n    import a\nexcept E:\n    a = 1\n", "import a", "from p import a"),
        ("import a.b\n", "import a.b", "import p.b"),
        ("import a\r\n", "import a", "import p.a as a\r\nimport q"),
        ("import a\n# caf\u00e9 'x.y'\n", "import a", "import p.a as a"),
        ("'x.y'\nimport a\n", "import a", "import p.a as a\nimport p.d as e"),
    ],
)
@pytest.mark.parametrize("more", ["", MORE])
def test_the_facts_are_those_of_the_whole(text: str, old: str, new: str, more: str) -> None:
    before = Source(text + more, "utf-8", False)
    start = before.text.index(old)
    edits = [Edit(start, start + len(old), new, "import")]
    after = Source(apply_edits(before.text, edits), "utf-8", False)
    facts = facts_of_content("old.py", before, before.parse())
    given = facts_after(before, facts, edits, after, "new.py")
    whole = facts_of_content("new.py", after, after.parse())
    assert without_runs(given) == without_runs(whole)
