"""Strings that hold a type follow the moves like the code beside them."""

from __future__ import annotations

import pytest

from library import program_after
from relayout.rewriting.annotations import annotation_edit, expression_in
from relayout.source import Source

HEAD = "import lib.alpha\nimport typing\nfrom typing import Literal, TypeVar, cast\n"
NEW_HEAD = HEAD.replace("lib.alpha", "pipelines.lib.alpha")


@pytest.mark.parametrize(
    "code",
    [
        "def f(x: '{}.Thing', *y: \"{}.Thing\") -> '{}.Thing | None': ...\n",
        "def f(x: list['{}.Thing'] = ()) -> typing.Optional['{}.Thing']: ...\n",
        "x: 'typing.List[{}.Thing]' = []\n",
        "x = cast('{}.Thing', 1)\n",
        "x = typing.cast(r'{}.Thing', 1)\n",
        "T = TypeVar('T', bound='{}.Thing')\n",
        "Alias: typing.TypeAlias = '{}.Thing'\n",
        "class A:\n    def f(self, x: u'{}.Thing'): ...\n",
        "x: typing.Any = '''text of {{}}'''\ny: '''{}.Thing''' = 1\n".replace(
            "{{}}", "lib . alpha"
        ),
        "def f(lib, x: '{}.Thing') -> None: ...\n",
    ],
)
def test_names_in_annotations_follow(code: str) -> None:
    before, after = code.replace("{}", "lib.alpha"), code.replace("{}", "pipelines.lib.alpha")
    assert program_after(HEAD + before) == NEW_HEAD + after


@pytest.mark.parametrize(
    "code",
    [
        "def f(x: Literal['of lib.alpha']) -> None: ...\n",
        "x = dict(a='see lib.alpha.Thing')\n",
        "def f(x: 'list[int]') -> None: ...\n",
        "def f() -> None:\n    'Of lib.alpha.'\n",
    ],
)
def test_other_strings_stay(code: str) -> None:
    assert program_after(HEAD + code) == NEW_HEAD + code


def test_a_string_in_pieces_keeps_the_name_bound() -> None:
    code = "def f(x: ('lib.alpha'\n          '.Thing')) -> None: ...\n"
    head = NEW_HEAD.replace("alpha\n", "alpha\nfrom pipelines import lib\n", 1)
    assert program_after(HEAD + code) == head + code


def test_an_import_for_type_checkers_is_followed() -> None:
    code = (
        "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
        "    import lib.beta\n\ndef f(x: lib.beta.Thing) -> 'lib.beta.Thing': ...\n"
    )
    assert program_after(code, "apart") == code.replace("lib.beta", "pipelines.second.beta")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f'{lib.alpha.NAME} of lib.alpha'", "f'{pipelines.lib.alpha.NAME} of lib.alpha'"),
        (
            "f'{lib.alpha.NAME!r:>{len(lib.VERSION) + 9}}'",
            "f'{pipelines.lib.alpha.NAME!r:>{len(pipelines.lib.VERSION) + 9}}'",
        ),
        (
            "f'''\n  {lib.alpha.NAME} {lib.alpha.NAME}\n"
            "  {{lib.alpha.NAME}} { lib.alpha.who() }'''",
            "f'''\n  {pipelines.lib.alpha.NAME} {pipelines.lib.alpha.NAME}\n"
            "  {{lib.alpha.NAME}} { pipelines.lib.alpha.who() }'''",
        ),
        (
            "f'a {lib.VERSION}' 'b' f'{lib.alpha.NAME}'",
            "f'a {pipelines.lib.VERSION}' 'b' f'{pipelines.lib.alpha.NAME}'",
        ),
    ],
)
def test_uses_in_f_strings_follow(before: str, after: str) -> None:
    code = "import lib.alpha\nprint({})\n"
    assert program_after(code.replace("{}", before)) == (
        "import pipelines.lib.alpha\nprint({})\n".replace("{}", after)
    )


def test_a_use_that_cannot_be_told_from_a_string_keeps_the_name_bound() -> None:
    code = "print(f'{lib.alpha.NAME} {len(\"{lib.alpha.NAME}\")}')\n"
    assert program_after("import lib.alpha\n" + code) == (
        "import pipelines.lib.alpha\nfrom pipelines import lib\n" + code
    )


@pytest.mark.parametrize("text", ["'a.B'", '"a.B"', "'''a.B'''", "r'a.B'", "u'a.B'", "' a.B '"])
def test_a_plain_literal_is_edited_within_its_quotes(text: str) -> None:
    source = Source(f"x: {text}", "utf-8", bom=False)
    literal = source.parse().body[0].annotation  # type: ignore[attr-defined]
    expression = expression_in(literal)
    edit = annotation_edit(source, literal, [(expression.value, "p.a")])  # type: ignore
    assert edit is not None
    assert edit.replacement == text.replace("a.B", "p.a.B")


@pytest.mark.parametrize("text", [r"'\x61.B'", "'a' '.B'", "('a'\n'.B')"])
def test_a_literal_that_is_written_otherwise_is_not_edited(text: str) -> None:
    source = Source(f"x: {text}", "utf-8", bom=False)
    literal = source.parse().body[0].annotation  # type: ignore[attr-defined]
    assert annotation_edit(source, literal, []) is None
