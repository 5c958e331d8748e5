"""A module in pieces: nothing of its text is lost, and comments go with what they are about."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from relayout.planning.splitting.pieces import Pieces, pieces_of

LINES = (
    "import os",
    "from a import (b,\n    c)  # both",
    "x = 1",
    "x = 1; y = 2",
    "x = \\\n    1",
    "def f():\n    return '''\n# text\n'''\n    # end",
    "if x:\n    import y",
    "'text'",
    "# about",
    "    # indented",
    "",
    "",
    "\f",
    "__all__ = ['x']",
    "@d\nclass C:\n    pass",
)


def pieces(text: str) -> Pieces:
    found = pieces_of(text.encode())
    assert found is not None
    return found


@given(
    st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans()
)
def test_pieces_together_are_the_text(lines: list[str], newline: str, is_open: bool) -> None:
    """No byte is in two pieces, or in none."""
    text = "\n".join(lines) + ("" if is_open else "\n")
    found = pieces_of(text.replace("\n", newline).encode())
    if found is not None and found.module.body:
        parts = [piece.lead + found.text(piece) for piece in found.all]
        assert "".join(parts) == text.replace("\n", newline)


def texts(text: str) -> list[tuple[str, str]]:
    found = pieces(dedent(text))
    return [(piece.role, found.text(piece)) for piece in found.all]


def test_comments_between_statements() -> None:
    assert texts("""\
    #!/usr/bin/env python

    # about a
    a = 1
    # below a

    # ---
    # Section
    # ---

    # about b
    def b():
        pass

        # in b
    # about c
    c = 1
    # the end
    """) == [
        ("header", "#!/usr/bin/env python\n\n"),
        ("code", "# about a\na = 1\n# below a\n"),
        (
            "code",
            "# ---\n# Section\n# ---\n\n# about b\ndef b():\n    pass\n\n    # in b\n",
        ),
        ("code", "# about c\nc = 1\n"),
        ("tail", "# the end\n"),
    ]


def test_texts_that_explain_names_and_texts_that_stand_for_comments() -> None:
    assert texts('''\
    """The module."""
    a = 1
    """What a is."""

    """
    Section.
    """
    b = 2

    """Alone."""
    __all__ = ["a"]
    """Below."""
    ''') == [
        ("docstring", '"""The module."""\n'),
        ("code", 'a = 1\n"""What a is."""\n'),
        ("code", '"""\nSection.\n"""\nb = 2\n'),
        ("code", '"""Alone."""\n'),
        ("exports", '__all__ = ["a"]\n'),
        ("code", '"""Below."""\n'),
    ]


def test_roles() -> None:
    roles = [
        piece.role
        for piece in pieces(
            dedent("""\
            from __future__ import annotations
            import os; import sys
            try:
                import a
            except ImportError:
                a = None
            if sys.platform == "x":
                b = 1
            logger = logging.getLogger(__name__)
            load_dotenv()
            a.b = 1
            print(a)
            if __name__ == "__main__":
                print(1)
            __all__ = names()
            type_ = 1
            """)
        ).all
    ]
    assert roles == [
        "future",
        "import",
        "block",
        "code",
        "logger",
        "setting",
        "code",
        "acts",
        "guard",
        "acts",
        "code",
    ]
