"""Which part each name goes to."""

from __future__ import annotations

import pytest

from relayout.planning.splitting.parts import says
from splitting import Outcome, split_text

HEAD = "import dagster as dg\n"
ASSET = "@dg.asset\ndef {name}():\n    # one\n    # two\n    return {reads}\n"
CHECK = "@dg.asset_check(asset='a')\ndef {name}(): return {reads}\n"
SENSOR = "@dg.sensor(job='j')\ndef {name}(): return {reads}\n"
FORMS = {
    "asset": ASSET,
    "check": CHECK,
    "sensor": SENSOR,
    "function": "def {name}(): return {reads}\n",
    "value": "{name} = [{reads}]\n",
    "config": "class {name}(dg.Config):\n    of = [{reads}]\n",
}


def module(text: str) -> Outcome:
    """Return what becomes of a module: a line for each name, its form and what it reads."""
    code = []
    for line in text.strip().splitlines():
        form, name, *reads = line.split()
        code.append(FORMS[form].format(name=name, reads=", ".join(reads) or "1"))
    return split_text(HEAD + "\n\n".join(code))


def parts(text: str) -> dict[str, str]:
    """Return the section that each name that leaves a module goes to."""
    (split,) = module(text).splits
    return {name: part.section for part in split.parts for name in part.names}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("asset a\ncheck c", {"c": "checks"}),
        ("function f\nasset a f\ncheck c", {"c": "checks"}),
        ("function f\nasset a\ncheck c f", {"f": "checks", "c": "checks"}),
        ("function f\nasset a f\ncheck c f", {"f": "utils", "c": "checks"}),
        ("value v\nasset a v\ncheck c v", {"v": "config", "c": "checks"}),
        ("config C\nasset a C\ncheck c C", {"C": "config", "c": "checks"}),
        # through another
        (
            "value v\nfunction f v\nasset a\ncheck c f",
            {"v": "checks", "f": "checks", "c": "checks"},
        ),
        (
            "value v\nfunction f v\nasset a f\ncheck c f",
            {"v": "utils", "f": "utils", "c": "checks"},
        ),
        (
            "function f\nvalue v f\nasset a v\ncheck c v",
            {"f": "config", "v": "config", "c": "checks"},
        ),
        (
            "value v\nfunction f v\nasset a f v\ncheck c f",
            {"v": "config", "f": "utils", "c": "checks"},
        ),
        # configuration and functions that need each other
        (
            "function f v\nvalue v g\nfunction g\nasset a f v g\ncheck c f v g",
            {"f": "utils", "v": "utils", "g": "utils", "c": "checks"},
        ),
        # nobody uses it
        ("function f\nasset a\ncheck c", {"c": "checks"}),
        ("function f c\nasset a\ncheck c", {"c": "checks"}),
        ("asset a\ncheck c a\nfunction f c", {"c": "checks", "f": "checks"}),
        (
            "asset a\ncheck c a\nsensor s c\nfunction f g\nfunction g c s",
            {"c": "checks", "s": "sensors", "f": "sensors", "g": "sensors"},
        ),
        # two of three need each other
        ("asset a c\ncheck c a\nsensor s a", {"s": "sensors"}),
        ("asset a\ncheck c s\nsensor s c", {"c": "checks", "s": "checks"}),
    ],
)
def test_parts(text: str, expected: dict[str, str]) -> None:
    assert parts(text) == expected


def test_nothing_is_split_where_all_need_each_other() -> None:
    outcome = module("asset a c\ncheck c a")
    assert outcome.splits == ()
    assert [finding.code for finding in outcome.findings] == ["not-split"]


@pytest.mark.parametrize(
    ("stem", "section", "said"),
    [
        ("jobs", "jobs", True),
        ("order_job", "jobs", True),
        ("Asset_Checks", "checks", True),
        ("asset_checks", "assets", False),
        ("jobsite", "jobs", False),
    ],
)
def test_what_a_name_says(stem: str, section: str, said: bool) -> None:
    assert says(stem, section) is said
