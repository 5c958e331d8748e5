"""pyproject.toml is merged by key, and what nobody changed stays byte for byte."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import tomlkit

from relayout.evolution.toml_merge import Merged, merge_toml

BASE = """\
# What this repository is.
[project]
name = "shop" # as its owner calls it
version = "0.1.0"
dependencies = [
  "duckdb>=1.2,<3",
  "pandas>=2,<3", # the last without surprises
]

[project.scripts]
orders-load = "shop.orders.load:main"

[dependency-groups]
dev = ["mypy>=1.18", "pytest>=8"]

[tool.ruff]
line-length = 100
src = ["src"]

[tool.ruff.lint]
select = ["E", "F"]

[tool.mypy]
strict = true

# Without types.
[[tool.mypy.overrides]]
module = ["duckdb.*"]
ignore_missing_imports = true
"""


def merged(ours: str, theirs: str, base: str = BASE) -> Merged:
    result = merge_toml(base, ours, theirs)
    assert result is not None
    return result


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("mine", "new", "both"),
    [
        (
            ("line-length = 100", "line-length = 120"),
            ('src = ["src"]', 'src = ["src", "tools"]'),
            'line-length = 120\nsrc = ["src", "tools"]\n',
        ),
        (
            ("surprises\n", 'surprises\n  "requests", # mine\n  # no more\n'),
            ("duckdb>=1.2,<3", "duckdb>=1.4,<3"),
            '  "duckdb>=1.4,<3",\n  "pandas>=2,<3", # the last without surprises\n'
            '  "requests", # mine\n  # no more\n]\n',
        ),
        (
            ('"pytest>=8"]', '"pytest>=8", "ipython"]'),
            ('["mypy>=1.18", "pytest>=8"]', '["mypy>=1.20", "pytest>=8.4", "ruff"]'),
            'dev = ["mypy>=1.20", "pytest>=8.4", "ruff", "ipython"]\n',
        ),
        (
            ('"pytest>=8"]', '"pytest>=8", "Ipython"]'),
            ('"pytest>=8"]', '"pytest>=8", "ipython"]'),
            'dev = ["mypy>=1.18", "pytest>=8", "Ipython"]\n',
        ),
        (
            ('["E", "F"]', '["E", "F", "W"]'),
            ('["E", "F"]', '["F", "I"]'),
            'select = ["F", "I", "W"]\n',
        ),
        (
            ('main"\n', 'main"\nmine = "shop.mine:main"\n'),
            ("orders-load =", "load-orders ="),
            '[project.scripts]\nmine = "shop.mine:main"\nload-orders = "shop.orders.load:main"\n\n',
        ),
        (
            ("strict = true", "strict = true # mine"),
            ("strict = true\n", "# They say why.\nstrict = true\npretty = true\n"),
            "[tool.mypy]\n# They say why.\nstrict = true # mine\npretty = true\n\n",
        ),
        (
            ("pandas>=2,<3", "pandas[parquet]>=2,<3"),
            ("pandas>=2,<3", "pandas>=2.3,<3"),
            '  "pandas[parquet]>=2.3,<3", # the last without surprises\n',
        ),
        (
            ('["duckdb.*"]\n', '["duckdb.*"]\nignore_errors = true # mine\n'),
            ("missing_imports = true", "missing_imports = false"),
            "ignore_errors = true # mine\nignore_missing_imports = false\n",
        ),
        (
            ('name = "shop"', 'name = "bakery"'),
            ("# as its owner calls it", "# as PyPI does"),
            'name = "bakery" # as PyPI does\n',
        ),
    ],
)
def test_changes_of_both_sides_are_made(
    mine: tuple[str, str], new: tuple[str, str], both: str
) -> None:
    ours, theirs = changed(BASE, mine), changed(BASE, new)
    result = merged(ours, theirs)
    assert result.conflicts == ()
    assert both in result.text


@pytest.mark.parametrize(
    ("mine", "new", "keys"),
    [
        (("= 100", "= 120"), ("= 100", "= 110"), ("tool.ruff.line-length",)),
        (
            ("pandas>=2,", "pandas>=2.1,"),
            ("pandas>=2,", "pandas>=2.3,"),
            ("project.dependencies[pandas]",),
        ),
        (('version = "0.1.0"\n', ""), ('"0.1.0"', '"0.2.0"'), ("project.version",)),
        (('"0.1.0"', '"1.0.0"'), ('version = "0.1.0"\n', ""), ("project.version",)),
        (
            ("missing_imports = true", "missing_imports = 1"),
            ("missing_imports = true", "missing_imports = false"),
            ("tool.mypy.overrides[duckdb.*].ignore_missing_imports",),
        ),
        (('["E", "F"]', '"ALL"'), ('["E", "F"]', '["E"]'), ("tool.ruff.lint.select",)),
    ],
)
def test_what_both_changed_differently_is_named(
    mine: tuple[str, str], new: tuple[str, str], keys: tuple[str, ...]
) -> None:
    """The texts of the sides differ there alone, and ours is the text."""
    ours, theirs = changed(BASE, mine), changed(BASE, new)
    result = merged(ours, theirs)
    assert result.conflicts == keys
    assert (result.base, result.ours, result.theirs) == (BASE, ours, theirs)
    assert result.text == result.ours


def test_only_what_contradicts_differs_between_the_sides() -> None:
    ours = changed(BASE, ("= 100", "= 120"), ('"0.1.0"\n', '"0.1.0"\nreadme = "README.md"\n'))
    theirs = changed(BASE, ("= 100", "= 110"), ("strict = true", "strict = true\npretty = true"))
    result = merged(ours, theirs)
    for side, value in ((result.base, 100), (result.ours, 120), (result.theirs, 110)):
        assert side.splitlines().count(f"line-length = {value}") == 1
        assert side.replace(f"= {value}", "= 120") == result.text


OVERRIDE = """
# Without types.
[[tool.mypy.overrides]]
module = ["duckdb.*"]
ignore_missing_imports = true
"""


def test_a_table_that_one_took_out_and_the_other_changed_is_whole_on_each_side() -> None:
    ours = changed(BASE, ("\n[tool.mypy]\nstrict = true\n", ""), (OVERRIDE, ""))
    theirs = changed(BASE, ("strict = true", "strict = true\npretty = true"))
    result = merged(ours, theirs)
    assert result.conflicts == ("tool.mypy",)
    assert (result.ours, result.theirs, result.base) == (ours, theirs, BASE)


def test_tables_of_entries_grow_although_all_entries_were_taken_out() -> None:
    ours = changed(BASE, ('[project.scripts]\norders-load = "shop.orders.load:main"\n\n', ""))
    theirs = changed(BASE, ('load:main"\n', 'load:main"\nsales-load = "shop.sales.load:main"\n'))
    result = merged(ours, theirs)
    assert result.conflicts == ()
    assert '\n\n[project.scripts]\nsales-load = "shop.sales.load:main"\n\n' in result.text


def test_new_tables_come_with_their_comments_behind_those_that_they_follow() -> None:
    mine = ("[tool.ruff]", "[tool.mine]\nkey = 1\n\n[tool.ruff]")
    ours = changed(BASE, mine)
    theirs = changed(
        BASE,
        (
            "[tool.mypy]",
            "# How tests run.\n[tool.pytest.ini_options] # pytest\nx = 1\n\n[tool.mypy]",
        ),
        ("# Without", '# Also.\n[[tool.mypy.overrides]]\nmodule = "moto.*"\n\n# Without'),
    )
    assert merged(ours, theirs).text == changed(theirs, mine)


def test_what_the_layout_took_out_goes_and_remarks_of_the_users_stay() -> None:
    ours = changed(
        BASE, ("src = [", "# mine\nsrc = ["), ("\n[tool.ruff.lint]", "\n# rules\n[tool.ruff.lint]")
    )
    theirs = changed(BASE, ('src = ["src"]\n', ""), (OVERRIDE, ""))
    text = merged(ours, theirs).text
    assert "line-length = 100\n# mine\n\n# rules\n[tool.ruff.lint]\n" in text
    assert text.endswith("[tool.mypy]\nstrict = true\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_end_as_ours_do(newline: str) -> None:
    ours = changed(BASE, ("= 100", "= 120")).replace("\n", newline)
    theirs = changed(BASE, ("strict = true", "strict = true\npretty = true"))
    text = changed(BASE, ("= 100", "= 120"), ("strict = true", "strict = true\npretty = true"))
    assert merged(ours, theirs).text == text.replace("\n", newline)
    assert merged(BASE.replace("\n", newline), theirs).text == theirs.replace("\n", newline)


def test_tables_in_another_form_are_merged_by_what_they_say() -> None:
    ours = changed(
        BASE,
        ('\n[tool.ruff.lint]\nselect = ["E", "F"]\n', 'lint.select = ["E", "F"]\n'),
        ('[project.scripts]\norders-load = "shop.orders.load:main"\n\n', ""),
        ("[project]\n", '[project]\nscripts = { orders-load = "shop.orders.load:main" }\n'),
    )
    theirs = changed(
        BASE,
        ('["E", "F"]\n', '["E", "F", "I"]\nignore = ["E501"]\n'),
        ('load:main"\n', 'load:main"\nsales-load = "shop.sales.load:main"\n'),
    )
    result = merged(ours, theirs)
    assert tomlkit.parse(result.text).unwrap() == tomlkit.parse(theirs).unwrap()
    assert "lint.ignore" in result.text


@pytest.mark.parametrize("broken", ["<<<<<<< ours\n", "a = \n", "[a]\n[a]\n", "a = 1\na = 2\n"])
def test_what_is_no_toml_is_not_merged(broken: str) -> None:
    for sides in ((broken, BASE, BASE), (BASE, broken, BASE), (BASE, BASE, broken)):
        assert merge_toml(*sides) is None


def test_words_of_a_command_that_both_replaced_contradict() -> None:
    base = '[tool.pytest]\naddopts = ["-ra", "-m", "not slow"]\n'
    ours = changed(base, ("not slow", "not smoke"))
    assert merged(ours, changed(base, ("not slow", "unit")), base).conflicts == (
        "tool.pytest.addopts",
    )
    theirs = changed(base, ('"-ra"', '"-ra", "--strict-markers"'))
    assert merged(ours, theirs, base).text == changed(theirs, ("not slow", "not smoke"))


def test_tables_of_an_array_stand_together() -> None:
    base = "[tool.mypy]\nstrict = true\n"
    mine = '[tool.coverage]\nx = 1\n\n[[tool.mypy.overrides]]\nmodule = "mine.*"\n'
    new = "".join(f'\n[[tool.mypy.overrides]]\nmodule = "{name}"\n' for name in "ab")
    result = merged(f"{base}\n{mine}", f"{base}{new}", base)
    assert result.text == f"{base}\n{mine}{new}"


def test_git_marks_the_contradictions_alone(tmp_path: Path) -> None:
    """The three sides are made to be merged by lines: what is merged already has no marker."""
    ours = changed(BASE, ("= 100", "= 120"), ('"pytest>=8"', '"pytest>=8.4", "zope"'))
    theirs = changed(
        BASE,
        ("= 100\n", "= 110\npreview = true\n"),
        ('["mypy>=1.18", "pytest>=8"]', '["mypy>=1.20", "pytest>=8"]'),
    )
    result = merged(ours, theirs)
    for name in ("base", "ours", "theirs"):
        (tmp_path / name).write_text(getattr(result, name), encoding="utf-8")
    command = ["git", "merge-file", "-p", "-L", "yours", "-L", "", "-L", "the layout's"]
    done = subprocess.run(
        [*command, "ours", "base", "theirs"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.decode() == changed(
        BASE,
        (
            "line-length = 100\n",
            "<<<<<<< yours\nline-length = 120\n=======\nline-length = 110\n"
            ">>>>>>> the layout's\npreview = true\n",
        ),
        ('["mypy>=1.18", "pytest>=8"]', '["mypy>=1.20", "pytest>=8.4", "zope"]'),
    )


def test_a_table_of_which_each_side_took_out_a_part_is_gone() -> None:
    base = "[a]\nx = 1\n\n[tool.ruff]\n\n[tool.mypy]\n"
    result = merged("[a]\nx = 1\n\n[tool.ruff]\n", "[a]\nx = 1\n\n[tool.mypy]\n", base)
    assert result.text == "[a]\nx = 1\n"
