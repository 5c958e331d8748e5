"""What becomes of a path that does not merge by lines."""

from __future__ import annotations

from relayout.evolution.settlement import Sides, is_sound, settle

LINES = [b"line %d of the template\n" % number for number in range(9)]
TEXT = b"".join(LINES)


def test_what_the_user_deleted_stays_deleted() -> None:
    assert settle("a.py", Sides(b"a\n", None, b"b\n")).content is None


def test_what_the_user_changed_is_not_taken_away() -> None:
    settled = settle("a.py", Sides(b"a\n", b"b\n", None))
    assert settled.content == b"b\n"
    assert [one.code for one in settled.findings] == ["kept-yours"]


def test_a_file_of_the_users_own_is_his() -> None:
    settled = settle(
        "Makefile", Sides(TEXT, b"mine:\n\techo what is all mine\n" * 6, TEXT + b"x\n")
    )
    assert settled.content == b"mine:\n\techo what is all mine\n" * 6
    assert settled.conflict is None


def test_ignore_files_are_merged_by_line() -> None:
    sides = Sides(b".venv\n", b".venv\nmine/\n", b".venv\ntheirs/\n")
    lines = (settle(".gitignore", sides).content or b"").split()
    assert sorted(lines) == [b".venv", b"mine/", b"theirs/"]


def test_a_project_is_in_conflict_in_what_both_changed_alone() -> None:
    base = b'[project]\nname = "a"\nversion = "1"\n'
    ours = base.replace(b'"1"', b'"2"') + b'keywords = ["mine"]\n'
    theirs = base.replace(b'"1"', b'"3"').replace(b'"a"', b'"b"')
    settled = settle("pyproject.toml", Sides(base, ours, theirs))
    assert settled.conflict is not None
    for side, version in ((settled.conflict.ours, b'"2"'), (settled.conflict.theirs, b'"3"')):
        assert side is not None
        assert b'name = "b"' in side
        assert b"keywords" in side
        assert version in side


def test_text_is_merged_by_lines() -> None:
    sides = Sides(TEXT, TEXT.replace(b"line 1", b"ours"), TEXT.replace(b"line 1", b"theirs"))
    assert settle("a.txt", sides).conflict == sides


def test_a_project_that_is_no_toml_any_more_is_not_sound() -> None:
    assert is_sound("pyproject.toml", b"[a]\n")
    assert not is_sound("pyproject.toml", b"[a]\n[a]\n")
    assert is_sound("a.py", b"[a]\n[a]\n")
