"""Which lines of a docstring are code."""

from __future__ import annotations

import ast
import doctest
import textwrap

import pytest

from relayout.inventory.docstring_code import Shown, docstrings, may_have_examples, read_shown


def shown(text: str) -> Shown:
    """Return what a docstring shows that is indented by four spaces, but for its first line."""
    body = textwrap.indent(textwrap.dedent(text), "    ").lstrip(" ")
    (docstring,) = docstrings(ast.parse(f'def f():\n    """{body}\n    """\n'))
    assert may_have_examples(str(docstring.value)) or read_shown(docstring) == Shown((), ())
    return read_shown(docstring)


def code_in(text: str) -> list[str]:
    return [code.text for code in shown(text).code]


@pytest.mark.parametrize(
    ("docstring", "code"),
    [
        ("Run.\n\n>>> import a\n>>> a.b\n1\n", "import a\na.b\n"),
        ("Run.\n\n  >>> if 1:\n  ...     import a\n  ...\n  1\n", "if 1:\n    import a\n\n"),
        (">>> import a", "import a\n"),
        ("Run.\n\n>>> import a  # doctest: +SKIP\n", "import a  # doctest: +SKIP\n"),
        ("Run.\n>>> import a\nprose\n\n>>> import b", "import a\nimport b\n"),
        ("Run::\n\n    import a\n\n    a.b()\n\nDone", "import a\n\na.b()\n"),
        ("Run ::\n\n      import a\n", "import a\n"),
        ("Run.\n\n::\n\n  import a\n  if a:\n    a.b()\n", "import a\nif a:\n  a.b()\n"),
        ("Run.\n\n.. code-block:: python\n   :linenos:\n   :name: x\n\n   a.b()\n", "a.b()\n"),
        ("Run.\n\n.. sourcecode:: py\n\n   a.b()\n", "a.b()\n"),
        ("Run.\n\n.. code:: Python3\n\n   a.b()\n", "a.b()\n"),
        ("Run.\n\n.. code-block::\n\n   import a\n", "import a\n"),
        ("Run.\n\n.. testsetup:: *\n\n   a.b()\n", "a.b()\n"),
        ("Run.\n\n.. note::\n\n   Like this::\n\n      import a\n", "import a\n"),
        ("Run.\n\n```python\nimport a\n```\n", "import a\n"),
        ("Run.\n\n- ~~~~py title=x\n  a.b()\n  ~~~~\n  ```py\n  a.c()\n  ```", "a.c()\n"),
        ("Run.\n\n```{.python .numbered}\na.b()\n", "a.b()\n"),
        ("Run.\n\n```pycon\n>>> a.b()\n```", "a.b()\n"),
        ("Run.\n\n>>> import a\n1\n\nSo::\n\n    from a import b\n", "import a\nfrom a import b\n"),
    ],
)
def test_code_is_found(docstring: str, code: str) -> None:
    assert code_in(docstring) == [code]


@pytest.mark.parametrize(
    "docstring",
    [
        "import a",
        "Run.\n\n    import a\n",
        "Run:\n\n    import a\n",
        "Run::\n\nimport a\n",
        "Run::\n    import a\n",
        "Run::\n\n    a.b()\n",
        "Run::\n\n    $ python\n    import a\n",
        "Run.\n\n.. code-block:: bash\n\n   import a\n",
        "Run.\n\n.. code-block:: python\n   import a\n",
        "Run.\n\n.. note::\n\n   import a\n",
        "Run.\n\n```\nimport a\n```\n",
        "Run.\n\n```bash\nimport a\n```\n",
        "Run.\n\n```python\nprint a\n```\n",
        "Run.\n\n>>> print a\n",
        "Run.\n\n>>>import a\n",
        "Run.\n\n>>> # nothing\n",
        "Run.\n\n``import a``::",
        "Run.\n\n>>> \0\n",
    ],
)
def test_what_is_no_code_is_left(docstring: str) -> None:
    assert code_in(docstring.replace("\0", "\\0")) == []


def test_imports_in_a_block_that_does_not_parse_are_read_one_by_one() -> None:
    block = ".. code:: python\n\n   import a\n   print a\n   from a import b\n"
    found = shown(f"Run.\n\n{block}\n```py\nimport c\n")
    assert [code.text for code in found.lone_imports] == ["import a\n", "from a import b\n"]
    assert [code.text for code in found.code] == ["import c\n"]


def test_doctests_inside_of_code_are_code_of_their_own() -> None:
    text = """Run::

        import a

        def f():
            '''Do.

            >>> import b
            '''
    """
    assert [code.count("import") for code in code_in(text)] == [2, 1]


def test_doctests_are_those_that_doctest_finds() -> None:
    text = textwrap.dedent(doctest.__doc__ or "") + (
        "\n>>> import a\n... \n  >>> for x in 1, 2:\n  ...     print(x)\n  1\n>>> 3\n3\n"
    )
    (docstring,) = docstrings(ast.parse(f"{text!r}\n"))
    examples = doctest.DocTestParser().get_examples(text)
    (code,) = read_shown(docstring).code
    expected = "".join(example.source for example in examples)
    assert [line for line in code.text.splitlines() if line] == expected.splitlines()


def test_every_line_of_code_stands_where_it_says() -> None:
    text = "Run.\n\n>>> import a\n... \n1\n\nSo::\n\n    import b\n\n    b.c()\n"
    (docstring,) = docstrings(ast.parse(f'class A:\n    """{text}"""\n'))
    (code,) = read_shown(docstring).code
    value = str(docstring.value)
    for line in code.lines:
        assert value[line.start :].startswith(line.text)
    for place in range(len(code.text)):
        assert code.in_text(code.in_value(place)) == place
    places = [code.in_text(place) for place in range(len(value))]
    assert places[0] is None
    assert [place for place in places if place is not None] == list(range(len(code.text)))


def test_docstrings_are_those_of_modules_classes_and_functions() -> None:
    module = ast.parse(
        "'m'\n'x'\nclass C:\n    'c'\n    a = 1\n    'x'\n    async def f():\n        'f'\n"
        "def g():\n    f'x'\ndef h():\n    b'x'\ndef i(): 'i'\nif 1:\n    'x'\n"
    )
    assert sorted(str(node.value) for node in docstrings(module)) == ["c", "f", "i", "m"]


def test_docstrings_may_be_set() -> None:
    module = ast.parse(
        "__doc__ = 'm'\nf.__doc__ = 'f'\nTEXT = 't'\ng.__doc__ = TEXT.format(f)\nOTHER = 'o'\n"
        "g.text = 'x'\nx.y['__doc__'] = 'x'\nf.__doc__ += 'x'\n"
    )
    assert sorted(str(node.value) for node in docstrings(module)) == ["f", "m", "t"]


@pytest.mark.parametrize("text", ["x[::2]", "a > b >> c", "`x`", "::1", "x::y", ""])
def test_most_texts_need_no_look(text: str) -> None:
    assert not may_have_examples(text)


@pytest.mark.parametrize(
    "text", [">>> a", "```", "~~~", "x::\n", "x::\\n", ".. code:: py\r\n", "::"]
)
def test_a_sign_of_an_example_is_seen(text: str) -> None:
    assert may_have_examples(text)
