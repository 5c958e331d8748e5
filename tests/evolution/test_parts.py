"""The table of parts: what it says, and that what it may not say is refused with the place."""

from __future__ import annotations

import pytest

from relayout.errors import Refusal
from relayout.evolution.parts import load_parts
from relayout.rendering import LAYOUTS
from relayout.suite import find_suite

TABLE = """\
bound:
  - {part: DAGs, layout: batch-streaming, path: "dags/*.py", advice: Take them out first.}
own:
  src-layout: tests/test_imports.py
parts:
  - part: code
    places: {src-layout: "src/{package}", monorepo: "packages/{package}/src/{package}"}
  - part: helpers
    from: {src-layout: "src/{package}/utils"}
    to: {pipeline-centric: [pipelines/shared, "pipelines/shared/{before}"]}
  - part: the same
    everywhere: [specs, workflows]
"""


def test_a_table_says_where_parts_are_and_may_go() -> None:
    table = load_parts(TABLE)
    code, helpers, *same = table.parts
    assert code.sources["monorepo"] == "packages/{package}/src/{package}"
    assert code.targets["src-layout"] == ("src/{package}",)
    assert "pipeline-centric" not in helpers.sources
    assert helpers.targets == {
        "pipeline-centric": ("pipelines/shared", "pipelines/shared/{before}")
    }
    assert [part.sources["dagster"] for part in same] == ["specs", "workflows"]
    assert table.own == {"src-layout": ("tests/test_imports.py",)}
    assert table.bound[0].advice == "Take them out first."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("parts: [", "not valid YAML"),
        ("rules: []", "a table is a mapping with parts, bound and own"),
        ("parts: {}", "'parts' must be a list"),
        ("parts: [{places: {}}]", "entry 1 of 'parts' has no text as its 'part'"),
        ("parts: [{part: a}]", "a: 'places', or both 'from' and 'to', are missing"),
        ("parts: [{part: a, place: {}}]", "a: unknown key 'place'"),
        ("parts: [{part: a, places: {flat: b}}]", "a: 'flat' is none of src-layout"),
        ("parts: [{part: a, places: {dagster: /b}}]", "'/b' is no path within a repository"),
        ("parts: [{part: a, places: {dagster: '{x}'}}]", "'{x}' has what no place has"),
        ("parts: [{part: a, places: {dagster: a/../b}}]", "'a/../b' has what no place has"),
        ("parts: [{part: a, places: {dagster: b}, own: 1}]", "'own' true or false"),
        ("bound: [{part: a, layout: dagster}]", "'layout', 'path' and 'advice' must be texts"),
        (
            "bound: [{part: a, layout: dagster, path: b, advice: c, also: [flat]}]",
            "a layout is one of src-layout",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_the_part(text: str, problem: str) -> None:
    with pytest.raises(Refusal) as refusal:
        load_parts(text, "parts.yml")
    assert problem in str(refusal.value)
    assert "parts.yml" in str(refusal.value)


def test_the_table_of_the_suite_has_the_code_and_the_tests_of_every_layout() -> None:
    text = (find_suite() / "migrations/parts.yml").read_text(encoding="utf-8")
    parts = load_parts(text).parts
    for layout in LAYOUTS:
        places = [part.sources[layout] for part in parts if layout in part.sources]
        assert "pyproject.toml" in [place.rpartition("/")[2] for place in places]
        assert any("test" in place for place in places), layout
