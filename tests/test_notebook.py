"""A notebook is edited as if it were Python, and nothing but the edited cells' source changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.notebook import Notebook, read_source
from relayout.source import Edit, NotPython, Source, apply_edits

Cells = list[dict[str, Any]]

PYTHON = {"kernelspec": {"language": "python", "name": "python3"}}


def code(source: str | list[str], **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: dict[str, Any], metadata: Any = PYTHON, **style: Any) -> bytes:
    document = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, **{"indent": 1, "ensure_ascii": False, **style}).encode()


def decode(content: bytes) -> Notebook:
    source = read_source("a.ipynb", content)
    assert isinstance(source, Notebook)
    return source


def replaced(content: bytes, old: str, new: str) -> bytes:
    """Return the notebook with a part of its text replaced."""
    source = decode(content)
    start = source.text.index(old)
    return source.edited(source.fitted([Edit(start, start + len(old), new, "k")]))


def sources(content: bytes) -> list[Any]:
    return [cell["source"] for cell in json.loads(content)["cells"]]


def test_other_files_are_plain_source() -> None:
    source = read_source("a.py", b"x = 1\n")
    assert type(source) is Source
    edits = [Edit(0, 1, "y", "k")]
    assert source.fitted(edits) == edits
    assert source.edited(edits) == b"y = 1\n"
    assert source.file_line(7) == 7


def test_the_text_is_the_code_of_the_cells() -> None:
    markdown = {"cell_type": "markdown", "metadata": {}, "source": ["import nothing"]}
    raw = {"cell_type": "raw", "metadata": {}, "source": "import nothing"}
    source = decode(
        notebook(code(["import a\n", "a.b()"]), markdown, raw, code("c = 1\n"), code([]))
    )
    assert source.text.split() == ["import", "a", "a.b()", "c", "=", "1"]
    source.parse()


def test_what_is_not_python_is_a_call() -> None:
    source = decode(
        notebook(code("%matplotlib inline\nfiles = !ls {root}\n"), code("%%bash\nls\n"))
    )
    assert source.text.splitlines()[:2] == ["get_ipython()", "files = get_ipython(root)"]
    texts = [(magic.line, magic.text) for magic in source.magics]
    assert [text for _, text in texts] == ["%matplotlib inline", "!ls {root}", "%%bash\nls\n"]


def test_a_cell_that_cannot_be_read_leaves_the_others() -> None:
    source = decode(notebook(code("print 'x'"), code(["import a\n", "a.b()"])))
    assert source.text.split() == ["import", "a", "a.b()"]
    [magic] = source.magics
    assert magic.error is not None
    assert magic.text == "print 'x'"


@pytest.mark.parametrize(
    ("metadata", "is_python"),
    [
        ({}, True),
        ({"kernelspec": {"name": "python3"}}, True),
        ({"kernelspec": {"language": "R", "name": "ir"}}, False),
        ({"kernelspec": {"name": "ir"}}, False),
        ({"language_info": {"name": "scala"}}, False),
        ({"kernelspec": {"name": "my-env"}, "language_info": {"name": "python"}}, True),
        ({"kernelspec": "strange", "language_info": None}, True),
        (None, True),
    ],
)
def test_only_python_is_read(metadata: Any, is_python: bool) -> None:
    source = decode(notebook(code("import a"), metadata=metadata))
    assert (source.text.strip() == "import a") is is_python


def test_version_3_has_worksheets() -> None:
    cells = [
        {"cell_type": "code", "input": ["import a\n", "b"], "language": "python"},
        {"cell_type": "code", "input": ["library(a)"], "language": "R"},
    ]
    content = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()
    assert decode(content).text.split() == ["import", "a", "b"]
    after = json.loads(replaced(content, "import a", "import c.a"))
    assert after["worksheets"][0]["cells"][0]["input"] == ["import c.a\n", "b"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Expecting value"),
        (b"{", "line 1"),
        (b"[]", "no cells"),
        (b"3", "no cells"),
        (b'{"cells": []} x', "something follows"),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "neither a text nor a list"),
        (b'{"cells": [{"cell_type": "code", "source": ["a", 3]}]}', "neither a text nor a list"),
        (b'{"cells": ["\xe9"]}', "UTF-8"),
        (b'{"cells": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"cells": [' + b"9" * 10_000 + b"]}", "line 1"),
        (b"<<<<<<< HEAD\n{}", "line 1"),
    ],
)
def test_what_is_no_notebook(content: bytes, said: str) -> None:
    with pytest.raises(NotPython, match=said):
        decode(content)


@pytest.mark.parametrize(
    "cells",
    [b'["x", 3, null, {}]', b"{}", b'[{"cell_type": "code"}]', b'[{"source": ["import a"]}]'],
)
def test_cells_without_code(cells: bytes) -> None:
    source = decode(b'{"cells": ' + cells + b"}")
    assert source.text == ""
    assert source.file_line(1) == 1


def test_of_equal_keys_the_last_counts() -> None:
    content = b'{"cells": [{"cell_type": "code", "source": "a", "source": "b"}]}'
    assert replaced(content, "b", "c") == content.replace(b'"b"', b'"c"')


# -- edits


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        (["import a\n", "x"], "import a", "import b", ["import b\n", "x"]),
        (["import a\n", "x"], "import a", "import b\nimport c", ["import b\n", "import c\n", "x"]),
        (["import a\n", "x"], "import a\n", "", ["x"]),
        (["x\n", "import a"], "import a", "", ["x"]),
        (["x\n", "\n", "import a"], "import a", "", ["x"]),
        (["x\n", "import a\n"], "import a\n", "", ["x\n"]),
        (["import a\n", "\n", "\n", "x"], "import a\n", "", ["x"]),
        (["import a"], "import a", "", []),
        (["x"], "x", "x\ny", ["x\n", "y"]),
        (["x"], "x", 'é\\"', ['é\\"']),
        (["if x:\n", "    a()\n", "b()"], "a()", "pass", ["if x:\n", "    pass\n", "b()"]),
        (["x = 1; y = 2"], "; y = 2", "", ["x = 1"]),
        (["x\n", "y\n", "z"], "x\ny\n", "w\n", ["w\n", "z"]),
        (["import a\nimport b\n", "x"], "import b", "import c", ["import a\nimport c\n", "x"]),
        (["", "import a\n", "", "x"], "import a", "import b", ["import b\n", "x"]),
        ("import a\nx", "import a", "import b", "import b\nx"),
        ("x\nimport a", "import a", "", "x"),
        ("import a", "import a", "", ""),
    ],
)
def test_a_source_keeps_its_form(before: Any, old: str, new: str, after: Any) -> None:
    try:
        content = replaced(notebook(code(before)), old, new)
    except ValueError:
        assert "\\" in new  # what would be no Python is refused
        return
    assert sources(content) == [after]
    assert content == notebook(code(after))


def test_an_edit_that_would_be_no_python_is_refused() -> None:
    with pytest.raises(ValueError, match="would not be what the edits say"):
        replaced(notebook(code("import a")), "import a", "import (")


def test_a_magic_cannot_be_edited() -> None:
    with pytest.raises(ValueError, match="no Python"):
        replaced(notebook(code("%time f()\n!ls\n")), "ipython", "python")


def test_an_edit_between_two_cells_is_refused() -> None:
    content = notebook(code("a"), code("b"))
    source = decode(content)
    for start, end in ((0, 4), (2, 2), (2, 4)):
        with pytest.raises(ValueError, match="between two cells"):
            source.fitted([Edit(start, end, "c", "k")])
    assert source.fitted([Edit(2, 3, "", "k")]) == []


def test_a_removal_may_reach_over_several_cells() -> None:
    content = notebook(
        code(["x\n", "import a"]), code([]), code("!ls\n"), code(["import b\n", "y"])
    )
    source = decode(content)
    with pytest.raises(ValueError, match="would not be what the edits say"):
        source.edited(source.fitted([Edit(2, len(source.text) - 3, "", "k")]))
    content = notebook(code(["x\n", "import a"]), code([]), code(["import b\n", "\n", "y"]))
    source = decode(content)
    edits = source.fitted([Edit(2, source.text.index("\n\ny") + 1, "", "k")])
    assert sources(source.edited(edits)) == [["x"], [], ["y"]]


def test_code_behind_a_magic_is_edited() -> None:
    content = notebook(code(["%time import a\n", "%%time"]), code("%%time\nimport a\n"))
    assert sources(replaced(content, "import a\n", "import b\n")) == [
        ["%time import b\n", "%%time"],
        "%%time\nimport a\n",
    ]


@pytest.mark.parametrize("escaped", [True, False])
def test_characters_are_written_as_the_file_writes_them(escaped: bool) -> None:
    content = notebook(code(["é = '𝄞'\n", "import a"]), ensure_ascii=escaped)
    result = replaced(content, "import a", "import ü, 𐐷 ")
    assert result == notebook(code(["é = '𝄞'\n", "import ü, 𐐷 "]), ensure_ascii=escaped)


def test_escapes_that_were_not_needed_stay() -> None:
    content = rb'{"cells": [{"source": ["\u0061 = \"\/\"\r\n",  "import a"], "cell_type": "code"}]}'
    assert replaced(content, "import a", "import b") == content.replace(b"import a", b"import b")


@pytest.mark.parametrize("style", [{"indent": 4}, {"indent": "\t"}, {"indent": None}])
def test_arrays_keep_their_layout(style: dict[str, Any]) -> None:
    content = notebook(code(["import a\n", "x"]), code(["y"]), **style)
    assert replaced(content, "import a", "import b\nc") == notebook(
        code(["import b\n", "c\n", "x"]), code(["y"]), **style
    )


def test_line_ends_and_mark_of_the_file_stay() -> None:
    content = b"\xef\xbb\xbf" + notebook(code(["import a\n", "x"])).replace(b"\n", b"\r\n")
    assert replaced(content, "import a", "import b") == content.replace(b"import a", b"import b")


def test_a_huge_output_stays_as_it_is() -> None:
    image = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" * 500_000}}
    cells = [code("import a", outputs=[image, image]), code(["import c\n", "é"], outputs=[image])]
    content = notebook(*cells)
    assert replaced(content, "import a", "import b.a") == content.replace(
        b"import a", b"import b.a"
    )


def test_lines_are_those_of_the_file() -> None:
    content = notebook(
        code(["import a\n", "import b"]), code("import c\nimport d"), code(["!x\n", "e"])
    )
    source = decode(content)
    lines = content.decode().splitlines()
    for number, line in enumerate(source.text.splitlines(), 1):
        if line.strip():
            shown = line.replace("get_ipython()", "!x").replace("import d", "import c")
            assert shown in lines[source.file_line(number) - 1]


# -- laws

STATEMENTS = st.sampled_from(
    [
        *("import a.b", "é = '\u2028'", "x = (1,\n     2)", "f('\\n', \"'\")", "# 𝄞", "", "\t"),
        *("if y:\n    z", "s = '''\n%no\n'''", "x  \\\n  = 2", "print 1"),
        *("%matplotlib inline", "!ls {x}", "n = !ls", "%time f(x)", "?f", "%cd .."),
    ]
)
CELL = st.tuples(
    st.lists(STATEMENTS, max_size=5).map("\n".join),
    st.sampled_from(["", "\n", "\n\n"]),
    st.booleans(),
)


@st.composite
def notebooks(draw: st.DrawFn) -> bytes:
    cells: Cells = []
    for text, ending, is_text in draw(st.lists(CELL, max_size=5)):
        source = text + ending
        made: dict[str, Any] = {"source": source if is_text else source.splitlines(keepends=True)}
        extra = draw(
            st.dictionaries(st.sampled_from("aé\\"), st.integers() | st.text(), max_size=2)
        )
        kind = draw(st.sampled_from(["code", "code", "code", "markdown"]))
        cells.append({**extra, **made, "cell_type": kind, "outputs": [{"text": draw(st.text())}]})
    style = {
        "indent": draw(st.sampled_from([None, 1, 2, "\t"])),
        "ensure_ascii": draw(st.booleans()),
    }
    document = json.dumps({"metadata": {}, "cells": cells, "nbformat": 4}, **style)
    if draw(st.booleans()):
        document = document.replace("\n", "\r\n") + "\r\n"
    return document.encode(errors="surrogatepass" if style["ensure_ascii"] else "replace")


@st.composite
def edits_of(draw: st.DrawFn, source: Notebook) -> list[Edit]:
    places = sorted(draw(st.sets(st.sampled_from([0, *source.line_starts]), max_size=6)))
    found = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        text = draw(st.sampled_from(["", "", "import ü", "import x\n", "y = '\\\\'\nz = 1\n"]))
        found.append(Edit(start, end, text, "k"))
    return found


@given(notebooks())
def test_without_edits_every_byte_stays(content: bytes) -> None:
    source = decode(content)
    assert source.edited([]) == content
    source.parse()


@given(notebooks(), st.data())
def test_edits_change_the_code_that_they_name_and_nothing_else(
    content: bytes, data: st.DataObject
) -> None:
    """Either edits are refused, or the text changes as a text does and the rest is the same."""
    source = decode(content)
    try:
        edits = source.fitted(data.draw(edits_of(source)))
        after = source.edited(edits)
    except ValueError:
        return
    assert decode(after).text == apply_edits(source.text, edits)
    assert decode(after).outside == source.outside
    old, new = json.loads(content), json.loads(after)
    lines_before = [cell.pop("source") for cell in old["cells"]]
    lines_after = [cell.pop("source") for cell in new["cells"]]
    assert old == new
    code_cells = iter(source.cells)
    for before, now, cell in zip(lines_before, lines_after, old["cells"], strict=True):
        assert type(before) is type(now)
        if cell["cell_type"] == "code":
            place = next(code_cells)
            touched = any(place.position <= e.start and e.end <= place.end for e in edits)
        else:
            touched = False
        if not touched:
            assert before == now
        elif isinstance(now, list):
            assert now == "".join(now).splitlines(keepends=True)
