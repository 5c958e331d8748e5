"""One shell reads the texts of a list one after the other."""

from __future__ import annotations

import pytest

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.ci.yaml_scripts import script_references
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.reference import ROOT
from relayout.inventory.references.spans.yaml_spans import scalars_of
from relayout.tree import Tree

TREE = Tree.of(dict.fromkeys(["sql/x.sql", "x.sql"], ""))


def named(text: str, each_anew: bool = False) -> list[str]:
    around = Surroundings("ci.yml", "test", scene_in("", "ci.yml", TREE), ROOT)
    scalars = [scalar for scalar in scalars_of(text) if not scalar.is_key]
    found = list(script_references(scalars, text, around, each_anew=each_anew))
    assert all(text[r.start : r.end] == r.text for r in found)
    return [reference.path for reference in found]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("- cd sql\n- cat x.sql", ["sql", "sql/x.sql"]),
        ("- |\n  cd sql\n  ls\n- 'cat x.sql'", ["sql", "sql/x.sql"]),
        ('- "cd sql"\n- "cat \\"x.sql\\""', ["sql", "sql/x.sql"]),
        ("- >\n  cat\n  x.sql\n- cat sql/x.sql", ["x.sql", "sql/x.sql"]),
        ('- "cat x\\x2esql"\n- cat x.sql', ["x.sql"]),
    ],
)
def test_what_a_text_enters_holds_for_the_next(text: str, paths: list[str]) -> None:
    assert named(text) == paths


def test_a_shell_for_each_text_begins_anew() -> None:
    assert named("- cd sql\n- cat x.sql", each_anew=True) == ["sql", "x.sql"]
