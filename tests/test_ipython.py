"""IPython's additions become calls; where a statement cannot begin, the same text is Python."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.ipython import read_cell


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 1\n",
        "x = (5\n  % 2)\n",
        "x = 5 \\\n  % 2\n",
        "s = '''\n!no\n%no\n'''\n",
        "print('?')  # what?\n",
        "f'{x!r}'\n",
        "x != y\n",
        "await fetch()\n",
        "# %% a cell\n",
    ],
)
def test_python_stays(source: str) -> None:
    cell = read_cell(source)
    assert cell.error is None
    assert cell.text == source
    assert cell.magics == []


@pytest.mark.parametrize(
    ("source", "meaning"),
    [
        ("%matplotlib inline\nx\n", "get_ipython()\nx\n"),
        ("!pip install \\\n  a\nx\n", "get_ipython()\nx\n"),
        ("if x:\n    !ls\n", "if x:\n    get_ipython()\n"),
        ("for x in y:\n\t%run {x}\n", "for x in y:\n\tget_ipython(x)\n"),
        ("!cp {a.b} $c $1\n", "get_ipython(a, c)\n"),
        ("files = !ls {a}\n", "files = get_ipython(a)\n"),
        ("a, b[0] = !ls\n", "a, b[0] = get_ipython()\n"),
        ("home = %env HOME\n", "home = get_ipython()\n"),
        ("out = %timeit -o f(x)\n", "out = get_ipython(o, f, x)\n"),
        ("%time x = f()\n", "x = f()\n"),
        ("%timeit -n 10 -r3 -q f()\n", "f()\n"),
        ("%lprun -f a.b c(d)\n", "get_ipython(f, a, c, d)\n"),
        ("x?\nx.y??  # z\n", "get_ipython(x)\nget_ipython(x)\n"),
        ("?z\n??z.a\n?\n", "get_ipython(z)\nget_ipython(z)\nget_ipython()\n"),
        ("%cd ..\n", "__import__(\"os\").chdir('..')\n"),
        ("%cd -q ../a b\n", '__import__("os").chdir(get_ipython())\n'),
        ("%cd {x}\n", '__import__("os").chdir(get_ipython())\n'),
        ("cd ..\nx = 1\n", "__import__(\"os\").chdir('..')\nx = 1\n"),
        ("pip install a\n", "get_ipython()\n"),
        ("s = '''\n!no\n'''; t\n!ls\n", "s = '''\n!no\n'''; t\nget_ipython()\n"),
        ("r'\\\\'\n!ls\n", "r'\\\\'\nget_ipython()\n"),
        ("x = {'#': (1,\n  2)}  # (\n!ls '\n", "x = {'#': (1,\n  2)}  # (\nget_ipython()\n"),
        ("x\r\n!ls\r\ny", "x\r\nget_ipython()\r\ny"),
    ],
)
def test_what_is_not_python_is_a_call(source: str, meaning: str) -> None:
    cell = read_cell(source)
    assert cell.error is None
    assert cell.text == meaning


@pytest.mark.parametrize(
    ("source", "meaning"),
    [
        ("%%bash\nls {x}\n", "get_ipython(x)"),
        ("\n\n%%sql\nselect 1", "get_ipython()"),
        ("%%writefile a.py\nimport b\n", "get_ipython()"),
        ("%%time\nimport b\n", "get_ipython()\nimport b\n"),
        ("\n%%capture out\n\n%%time\nb\n", "\nget_ipython()\n\nget_ipython()\nb\n"),
        ("%%timeit x = f()\nx\n", "get_ipython(x, f)\nx\n"),
    ],
)
def test_cell_magics(source: str, meaning: str) -> None:
    cell = read_cell(source)
    assert cell.error is None
    assert cell.text == meaning


@pytest.mark.parametrize(
    "source",
    ["print 'x'", "x = (", "%%time\nprint 'x'", "x = '\0'", "x = '\ud800'", "<<<<<<< HEAD"],
)
def test_what_cannot_be_read_says_why(source: str) -> None:
    cell = read_cell(source)
    assert cell.error
    ast.parse(cell.text)


LINES = st.lists(
    st.sampled_from(
        [
            *("x = 1", "%a b", "!c {d}", "e?", "f = !g", "(", ")", "'''", '"', "\\", "# ?", "  %h"),
            *("if i:", "    j", "%%k", "%time l()", "cd ..", "m '''", "\r", "\f", "é", "\ud800"),
        ]
    )
    | st.text(max_size=5),
    max_size=6,
)


@given(LINES)
def test_the_pieces_of_any_cell_are_the_cell_and_mean_python(lines: list[str]) -> None:
    source = "\n".join(lines)
    cell = read_cell(source)
    assert "".join(source[piece.start : piece.end] for piece in cell.pieces) == source
    ast.parse(cell.text)
