"""Laws of merging pyproject.toml, for documents and edits of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from hypothesis import given, note
from hypothesis import strategies as st

from relayout.evolution.toml_merge import Merged, dotted, merge_toml

VERSIONS = st.sampled_from(["", ">=1", ">=2", ">=2,<3"])
REQUIREMENTS = st.dictionaries(
    st.sampled_from(["duckdb", "pandas", "Django", "pytest-cov"]), VERSIONS, max_size=4
).map(lambda named: [f"{name}{version}" for name, version in named.items()])
WORDS = st.lists(st.sampled_from(["E", "F", "I", "src", "# x", "a, ]"]), unique=True, max_size=4)
SCALARS = st.one_of(
    st.booleans(), st.integers(0, 2), st.sampled_from(["", "a", "a # b", 'say "x"', "two\nlines"])
)
SETTINGS = st.dictionaries(
    st.sampled_from(["strict", "line-length", "src", "a.b", "ü"]), st.one_of(SCALARS, WORDS)
)
OVERRIDES = st.dictionaries(st.sampled_from(["x.*", "y.*", "z"]), SETTINGS, max_size=3).map(
    lambda named: [{"module": module, **table} for module, table in named.items()]
)
SOURCES = st.dictionaries(st.sampled_from(["core", "other"]), st.just({"workspace": True}))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """What a pyproject.toml says: some tables of each kind that a merge treats in its own way."""
    tables = {
        "project": {"name": "shop", "dependencies": draw(REQUIREMENTS)},
        "scripts": draw(st.dictionaries(st.sampled_from(["load", "run"]), st.just("a:main"))),
        "groups": {"dev": draw(REQUIREMENTS)},
        "ruff": draw(SETTINGS),
        "mypy": draw(SETTINGS),
        "overrides": draw(OVERRIDES),
        "sources": draw(SOURCES),
    }
    kept = draw(st.sets(st.sampled_from(sorted(tables))))
    return {name: table for name, table in tables.items() if name in kept}


HEADERS = {
    "project": "project",
    "scripts": "project.scripts",
    "groups": "dependency-groups",
    "ruff": "tool.ruff",
    "mypy": "tool.mypy",
    "overrides": "tool.mypy.overrides",
    "sources": "tool.uv.sources",
}
REMARKS = st.sampled_from(["", "", "", "# why\n", "\n# apart\n\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A document in some form: arrays over lines or not, comments here and there."""
    return written(draw(documents()), draw(st.booleans()), draw(REMARKS), draw(REMARKS))


def written(tables: Mapping[str, Any], spread: bool, above: str, inside: str) -> str:
    lines = ""
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            header = f"[[{HEADERS[name]}]]" if isinstance(table, list) else f"[{HEADERS[name]}]"
            lines += f"\n{above}{header}\n" if lines else f"{header}\n"
            lines += "".join(
                f"{inside}{tomlkit.key(key).as_string()} = {value_text(value, spread)}\n"
                for key, value in one.items()
            )
    return lines


def value_text(value: Any, spread: bool) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{k} = {value_text(v, False)}' for k, v in value.items())} }}"
    if isinstance(value, list) and spread:
        lines = [f"    {tomlkit.item(item).as_string()}, # {n}\n" for n, item in enumerate(value)]
        return f"[\n{''.join(lines)}]"
    return str(tomlkit.item(value).as_string())


def merged(base: str, ours: str, theirs: str) -> Merged:
    result = merge_toml(base, ours, theirs)
    assert result is not None
    note(f"--- base\n{base}--- ours\n{ours}--- theirs\n{theirs}--- merged\n{result.text}")
    return result


def said(text: str) -> Any:
    """Return what a text says; the order of arrays is how they are written."""
    return ordered(tomlkit.parse(text).unwrap())


def ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    return sorted(map(repr, map(ordered, value))) if isinstance(value, list) else value


@given(texts(), texts())
def test_a_change_of_one_side_is_the_result(base: str, other: str) -> None:
    for result in (merged(base, base, other), merged(base, other, base)):
        assert result.text == other
        assert result.conflicts == ()
    assert merged(base, other, other).text == other


@given(texts(), texts(), texts())
def test_sides_can_be_exchanged(base: str, ours: str, theirs: str) -> None:
    one, two = merged(base, ours, theirs), merged(base, theirs, ours)
    assert sorted(one.conflicts) == sorted(two.conflicts)
    assert said(one.ours) == said(two.theirs)
    assert said(one.theirs) == said(two.ours)
    assert said(one.base) == said(two.base)


@given(texts(), texts(), texts())
def test_merging_again_changes_nothing(base: str, ours: str, theirs: str) -> None:
    result = merged(base, ours, theirs)
    assert merged(theirs, result.text, theirs).text == result.text
    if not result.conflicts:
        assert said(merged(base, result.text, theirs).text) == said(result.text)


@given(texts(), texts(), texts())
def test_what_one_side_added_is_there(base: str, ours: str, theirs: str) -> None:
    result = merged(base, ours, theirs)
    for side, text in ((ours, result.ours), (theirs, result.theirs)):
        added = leaves(said(side)).keys() - leaves(said(base)).keys()
        assert added <= leaves(said(text)).keys()


def leaves(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if not isinstance(value, dict):
        return {path: value}
    found = [leaves(item, (*path, key)) for key, item in value.items()]
    return {path: value for part in found for path, value in part.items()}


@given(texts(), texts(), texts())
def test_the_sides_differ_where_they_contradict_and_nowhere_else(
    base: str, ours: str, theirs: str
) -> None:
    result = merged(base, ours, theirs)
    assert result.text == result.ours
    assert (result.ours == result.theirs == result.base) == (not result.conflicts)
    one, two = leaves(said(result.ours)), leaves(said(result.theirs))
    differing = {path for path in {*one, *two} if one.get(path) != two.get(path)}
    tops = tuple(key.partition("[")[0] for key in result.conflicts)
    named = {path for path in differing if dotted(path).startswith(tops)}
    assert differing == named


@given(texts(), texts(), texts(), st.booleans())
def test_line_ends_change_nothing_else(base: str, ours: str, theirs: str, both: bool) -> None:
    crlf = ours.replace("\n", "\r\n")
    other = base.replace("\n", "\r\n") if both else base
    result = merged(base, ours, theirs)
    if ours:
        assert merged(other, crlf, theirs).text == result.text.replace("\n", "\r\n")
