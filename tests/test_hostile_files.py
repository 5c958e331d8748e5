"""Python files that are huge, deep, old, new or oddly written, where they move and import.

Each stands in a repository whose helper moves, goes through a whole migration with every check,
within a time limit, and prints the same afterwards; or is left as it was and reported.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from encodings.aliases import aliases
from pathlib import Path
from types import FrameType

import pytest

from migrations import checks_of, migrate_files, migrate_tree
from relayout.migration import Migration
from test_laws import contents, outputs
from workbench import Files, Result, files_in, git, relayout

OLD, NEW = "jobs/odd.py", "src/pipelines/jobs/odd.py"

HACK = """\
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
"""
HELPER = "def connect():\n    return 'connected'\n"
USE = "import utils.db\nprint(utils.db.connect())\n"


def repository_with(content: bytes | str) -> dict[str, bytes | str]:
    """Return a repository with one odd script, which a Makefile runs, and a helper."""
    return {"Makefile": f"run:\n\tpython {OLD}\n", "utils/db.py": HELPER, OLD: content}


@contextmanager
def seconds(limit: int) -> Iterator[None]:
    """Fail what takes longer."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"it took more than {limit} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def migrated(content: bytes | str, limit: int = 60) -> Migration:
    """Return the migration of the odd script, which every check passes."""
    with seconds(limit):
        migration = migrate_files(repository_with(content))
        failed = {
            name: check.details
            for name, check in checks_of(migration).items()
            if not check.passed and name != "layout-rules"
        }
    assert failed == {}
    return migration


def codes_of(migration: Migration) -> set[str]:
    """Return the codes of the findings about the odd script, but for its lack of a main."""
    found = {finding.code for finding in migration.plan.findings if finding.path == NEW}
    return found - {"no-entry-point"}


def assert_left_and_reported(content: bytes | str, said: str = "", limit: int = 60) -> None:
    """The script is moved as it is, and a finding says why its imports were not followed."""
    migration = migrated(content, limit)
    after = content.encode() if isinstance(content, str) else content
    assert migration.after.read(NEW) == after
    [why] = [f.message for f in migration.plan.findings if f.code == "not-python"]
    assert said in why


def assert_follows(content: bytes | str, limit: int = 60) -> Migration:
    """The script is rewritten, prints what it printed, and nothing is left to do."""
    migration = migrated(content, limit)
    assert codes_of(migration) == set()
    before = outputs(repository_with(content), {"odd": OLD})
    assert "connected" in before["odd"], before
    assert outputs(contents(migration.after), {"odd": NEW}) == before
    assert migrate_tree(migration.after).plan.is_empty
    return migration


# -- size


def test_a_file_of_ten_megabytes_of_text() -> None:
    content = f"{HACK}{USE}BLOB = '{'a' * 10_000_000}'\n"
    migration = assert_follows(content)
    after = content.removeprefix(HACK).replace("utils.db", "pipelines.utils.db")
    assert migration.after.read(NEW) == after.encode()


def test_a_file_of_ten_megabytes_of_comments() -> None:
    assert_follows(HACK + "# nothing that anybody would read\n" * 300_000 + USE)


@pytest.mark.parametrize("blank", ["\n", "   \t\n", "\r\n", "\r"], ids=repr)
def test_a_file_of_a_million_blank_lines(blank: str) -> None:
    migration = assert_follows(blank * 1_000_000 + HACK + blank * 1_000 + USE)
    assert len(migration.after.read(NEW)) < len(USE) + 1_000_000 * len(blank) + 50


@pytest.mark.parametrize("item", [f"'{'a' * 30}', ", f"'{'é' * 15}', "], ids=["ASCII", "wide"])
def test_a_line_of_a_megabyte(item: str) -> None:
    count = 1_000_000 // len(item.encode())
    assert_follows(f"{HACK}x = [{item * count}]; import utils.db; print(utils.db.connect())\n")


def test_a_data_file_of_many_lines() -> None:
    rows = "".join(f"    ({n}, 'utils/part_{n}.py', 'é', 1.5),\n" for n in range(5_000))
    assert_follows(f"{HACK}ROWS = [\n{rows}]\n{USE}")


def test_many_uses_of_a_module() -> None:
    assert_follows(
        f"{HACK}import utils.db\nprint(utils.db.connect())\n" + "utils.db.connect()\n" * 5_000
    )


def test_many_path_hacks() -> None:
    migration = assert_follows(HACK * 1_000 + USE)
    assert migration.after.read(NEW) == USE.replace("utils", "pipelines.utils").encode()


def test_many_imports_on_one_line() -> None:
    assert_follows(f"{HACK}{'import utils.db; ' * 200}print(utils.db.connect())\n")


@pytest.mark.parametrize("gap", [" " * 1_000_000, " \\\n" * 20_000, " \\\r" * 20_000], ids=len)
def test_a_wide_gap_in_an_import(gap: str) -> None:
    end = gap[-1].replace(" ", "\n")
    content = f"{HACK}from utils.db{gap}import connect\nprint(connect())\n".replace("\n", end)
    assert_follows(content if "\\\n" not in gap else content.replace(end, "\n"))


# -- depth

DEEP: dict[str, str] = {
    "parentheses": f"x = {'(' * 150}1{')' * 150}\n",
    "lists": f"x = {'[' * 90}1{']' * 90}\n",
    "lists in dictionaries": f"x = {'{1: [' * 45}1{']}' * 45}\n",
    "signs": f"x = {'-' * 500}1\n",
    "not": f"x = {'not ' * 500}1\n",
    "functions without a name": f"x = {'lambda: ' * 400}1\n",
    "choices": f"x = {'1 if 1 else ' * 400}1\n",
    "powers": f"x = {'1 ** ' * 400}1\n",
    "a sum": f"x = 1{' + 1' * 900}\n",
    "a sum of texts": f"x = 'a'{' + chr(97)' * 900}\n",
    "and": f"x = 1{' and 1' * 20_000}\n",
    "a comparison": f"x = 0{' <= 0' * 20_000}\n",
    "targets": f"{'x = ' * 2_000}1\n",
    "elif": "if sys is None:\n    pass\n"
    + "".join(f"elif sys is {n}:\n    x = {n}\n" for n in range(400)).replace(" is ", " == "),
    "blocks": "".join(f"{' ' * n}if sys:\n" for n in range(90)) + f"{' ' * 90}x = 1\n",
    "functions": "".join(f"{' ' * n}def f():\n" for n in range(90))
    + f"{' ' * 90}import utils.db\n",
    "classes": "".join(f"{' ' * n}class C:\n" for n in range(90)) + f"{' ' * 90}import utils.db\n",
    "loops": "".join(f"{' ' * n}for n in 'a':\n" for n in range(19))
    + f"{' ' * 19}import utils.db\n",
    "a chain of attributes": f"def f(a):\n    return a{'.b' * 900}\n",
    "a chain of calls": f"def f(a):\n    a{'.b()' * 900}\n",
    "a chain of calls that acts": (
        f"class A:\n    def b(self):\n        return self\n\n\nA(){'.b()' * 900}\n"
    ),
    "a chain of subscripts": f"def f(a):\n    return a{'[0]' * 900}\n",
    "a chain behind a module": f"def f():\n    utils.db.connect{'.b' * 900}()\n",
    "a chain behind the search path": f"def f():\n    sys.path{'.b' * 900}.insert(0, '')\n",
    "a chain of decorators": f"def f(a):\n    @a{'.b' * 900}\n    def g():\n        pass\n",
    "a chain of parents": f"HERE = Path(__file__){'.parent' * 900}\n",
    "a path of many folders": f"THERE = Path(__file__).parent{' / chr(97)' * 900}\n",
    "a path of many joins": f"THERE = Path(__file__).parent{'.joinpath(chr(97))' * 400}\n",
    "a path in a loop": (
        f"n = None\nwhile n is None:\n    n = [Path(__file__).name{' + chr(97)' * 400}]\n"
    ),
}
"""Code in which the syntax tree is deeper than Python functions can call themselves, or near."""


@pytest.mark.parametrize("what", DEEP)
def test_deep_code_is_followed(what: str) -> None:
    migration = migrated(HACK + USE + DEEP[what])
    after = migration.after.read(NEW).decode()
    assert after.count("import pipelines.utils.db\n") == (HACK + USE + DEEP[what]).count(
        "import utils.db\n"
    )
    assert "sys.path.insert(0, str(" not in after
    before = outputs(repository_with(HACK + USE + DEEP[what]), {"odd": OLD})
    if "__file__" not in DEEP[what]:
        assert outputs(contents(migration.after), {"odd": NEW}) == before


def test_a_main_guard_that_holds_a_deep_chain() -> None:
    main = "class A:\n    b = property(lambda self: self)\n\n\ndef main():\n    return A()\n\n\n"
    guard = f"if __name__ == '__main__':\n    main(){'.b' * 900}\n"
    migration = migrated(HACK + USE + main + guard)
    assert NEW not in {
        finding.path for finding in migration.plan.findings if finding.code == "not-python"
    }
    assert "pipelines.jobs.odd:main" not in migration.plan.scripts.values()


def test_a_setup_script_that_holds_a_deep_chain() -> None:
    setup = f"from setuptools import setup\nsetup(name='x')\nx = None\nx and x{'.b()' * 900}\n"
    with seconds(60):
        migration = migrate_files({**repository_with(HACK + USE), "setup.py": setup})
    assert migration.after.read(NEW) == USE.replace("utils", "pipelines.utils").encode()


TOO_DEEP: dict[str, str] = {
    "parentheses": f"x = {'(' * 300}1{')' * 300}\n",
    "signs": f"x = {'-' * 100_000}1\n",
    "brackets that are left open": "[" * 100_000,
    "indentation": "".join(f"{' ' * n}if sys:\n" for n in range(120)) + f"{' ' * 120}x = 1\n",
    "a sum": f"x = 1{' + 1' * 200_000}\n",
    "attributes": f"def f(a):\n    return a{'.b' * 200_000}\n",
    "calls": f"def f(a):\n    return a{'()' * 200_000}\n",
}


@pytest.mark.parametrize("what", TOO_DEEP)
def test_code_too_deep_for_the_interpreter_is_left_and_reported(what: str) -> None:
    assert_left_and_reported(HACK + USE + TOO_DEEP[what])


DEPTHS = (300, 1_000, 2_000, 2_900, 5_000, 10_000, 20_000)

SURVIVES = """
from migrations import checks_of, migrate_files
for depth in {depths}:
    code = "y = " + {prefix!r} * depth + "x" + {suffix!r} * depth
    files = {{"Makefile": "a:\\n\\tpython a/b.py\\n", "a/b.py": code}}
    print(len(checks_of(migrate_files(files))))
"""


@pytest.mark.parametrize(("prefix", "suffix"), [("-", ""), ("", ".b"), ("", " + 1"), ("", "[0]")])
def test_the_process_survives_every_depth(prefix: str, suffix: str) -> None:
    """Whether a tree of a depth can be made depends on the interpreter; no answer is a crash."""
    done = subprocess.run(
        [sys.executable, "-c", SURVIVES.format(depths=DEPTHS, prefix=prefix, suffix=suffix)],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        timeout=120,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    usual = migrate_files({"Makefile": "a:\n\tpython a/b.py\n", "a/b.py": "y = 1\n"})
    assert done.stdout.split() == [str(len(checks_of(usual)))] * len(DEPTHS)


# -- how it is written down


def with_ends(text: str, end: str) -> str:
    """Return a text with other line ends."""
    return text.replace("\n", end)


TEXTS: dict[str, str] = {
    "line ends of Windows": with_ends(HACK + USE, "\r\n"),
    "line ends of old Macs": with_ends(HACK + USE, "\r"),
    "mixed line ends": (
        "import utils.db\r\nprint(utils.db.connect())\rfrom utils.db import connect\n"
    ),
    "no line end at the end": USE.rstrip(),
    "a form feed between": f"\x0c\n{USE}\x0c\n",
    "a form feed before a statement": "\x0cimport utils.db\n\x0cprint(utils.db.connect())\n",
    "a form feed in the indentation": (
        "if True:\n\x0c    import utils.db\n    print(utils.db.connect())\n"
    ),
    "tabs": "if True:\n\tif True:\n\t\timport utils.db;\tprint(utils.db.connect())\n",
    "a vertical tab in a comment": f"# a\x0bb\n{USE}",
    "separators in a comment": f"# a\u2028import utils.db\u2029 \x85 \x1c\n{USE}# a\u2028b",
    "separators in a text": f"x = 'a\u2028b\x85c\x0b\x0c\x1c'; {USE}",
    "separators in a long text": f"x = '''a\u2028b\x85\n\x1c\x1d\nc'''; {USE}",
    "characters of four bytes": (
        "x = '\U0001f600\U00020000'; import utils.db; y = '\U0001f600'; "
        "print(utils.db.connect(), y)\n"
    ),
    "characters before a use": (
        "é = 'ü'; import utils.db; print('日本', é, utils.db.connect(), '語')\n"
    ),
    "identifiers of other letters": "import utils.db as ﬁle\nprint(file.connect())\n",
    "a module's name in wide letters": "from \uff55tils.db import connect\nprint(connect())\n",
    "continued lines": (
        "from utils.db \\\n  import \\\n connect\nimport \\\n  utils.db\n"
        "print(connect(), utils . \\\n db.connect())\n"
    ),
    "parentheses and comments": (
        "from utils.db import (  # one\n  connect, # two\n)\nprint(connect())\n"
    ),
    "matching": f"match 1:\n    case 1:\n        {with_ends(USE, chr(10) + ' ' * 8)}\n",
    "formatted texts": (
        "import utils.db\n"
        "print(f'é{utils.db.connect()} {utils.db.connect():>{len(utils.db.connect())}}')\n"
        "print(f'''é\n{utils.db.connect()}\n  {\nutils.db.connect()\n}''', utils.db.connect())\n"
        "print('é' 'b' f'{utils.db.connect()}'\n  f'{utils.db.connect()}')\n"
        "print(f'{f\"{utils.db.connect()}\"}')\n"
    ),
    "a blank line and a comment first": f"\n# a comment\n{USE}",
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("what", TEXTS)
def test_oddly_written_code_is_followed(what: str, end: str) -> None:
    text = HACK + TEXTS[what]
    assert_follows(text if "line ends" in what else with_ends(text, end))


def test_line_ends_do_not_change_what_is_rewritten() -> None:
    text = f"'''Loads.'''\n\n\n{HACK}\n\n\nx = 1\n\n{USE}"
    after = {
        end: migrated(with_ends(text, end)).after.read(NEW).decode() for end in ("\n", "\r\n", "\r")
    }
    assert after["\n"] == f"'''Loads.'''\n\n\n\nx = 1\n\n{USE.replace('utils', 'pipelines.utils')}"
    assert after["\r\n"] == with_ends(after["\n"], "\r\n")
    assert after["\r"] == with_ends(after["\n"], "\r")


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"   \n\t\n\x0c\n", b"# a\n# b", b"\xef\xbb\xbf", b"'''a'''"]
)
def test_files_with_nothing_in_them_stay_as_they_are(content: bytes) -> None:
    migration = migrated(content)
    assert migration.after.read(NEW) == content
    assert codes_of(migration) == set()


NOT_PYTHON: dict[str, str] = {
    "a NUL byte": "\0\n",
    "a NUL byte in a text": "x = 'a\0b'\n",
    "the end-of-file character of DOS": "\x1a",
    "a second byte order mark": "\ufeffx = 1\n",
    "a space that does not break": "x =\xa01\n",
    "a continuation of nothing": "x = 1 \\",
    "a vertical tab between statements": "x = 1\x0by = 2\n",
    "print of Python 2": "print 'a'\n",
    "exec of Python 2": "exec 'x'\n",
    "except of Python 2": "try:\n    pass\nexcept ValueError, e:\n    x = e\n    print x\n",
    "octal numbers of Python 2": "x = 0777\n",
    "backticks of Python 2": "x = `1`\n",
    "tabs that count eight": "if 1:\n        x = 1\n\ty = 2\n",
    "marks of a merge": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n",
    "a template": "x = {{ value }}\n{% if a %}\n{% endif %}\n",
    "a number that nobody writes": f"x = {'1' * 10_000}\n",
}


@pytest.mark.parametrize("what", NOT_PYTHON)
def test_what_is_not_python_is_left_and_reported(what: str) -> None:
    assert_left_and_reported(HACK + USE + NOT_PYTHON[what])


NEWER: dict[str, tuple[tuple[int, int], str]] = {
    "groups of exceptions": ((3, 11), "try:\n    pass\nexcept* ValueError:\n    pass\n"),
    "PEP 701": ((3, 12), "print(f'{utils.db.connect()!r:>{'20'}}')\n"),
    "PEP 695": ((3, 12), "type X = int\n\n\ndef f[T](x: T) -> T:\n    return x\n"),
    "PEP 696": ((3, 13), "def f[T = int](x: T) -> T:\n    return x\n"),
    "PEP 750": ((3, 14), "x = t'{utils.db.connect()}'\n"),
    "PEP 758": ((3, 14), "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n"),
    "something to come": ((99, 0), "unless x:\n    pass\n"),
}


@pytest.mark.parametrize("what", NEWER)
def test_newer_syntax_is_followed_where_the_interpreter_has_it(what: str) -> None:
    since, code = NEWER[what]
    if sys.version_info >= since:
        assert_follows(HACK + USE + code)
    else:
        assert_left_and_reported(HACK + USE + code, "line ")


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04", b"\x7fELF\x02\x01\x01", b"\xff" * 10_000],
)
def test_what_is_no_text_is_left_and_reported(content: bytes) -> None:
    assert_left_and_reported(content)


# -- encodings

ENCODINGS = sorted({*aliases.values(), "utf-8-sig", "idna", "punycode", "undefined", "no-such"})
WORDS = (
    "é",
    "€",
    "мир",
    "日本",
    "表示ソ",
    "許功蓋",
    "汉字",
    "한국",
    "ไทย",
    "שלום",
    "مرحبا",
    "ő",
    "plain",
)


def cookie_lines(encoding: str) -> Iterator[str]:
    """Yield the ways to declare an encoding that PEP 263 gives."""
    yield f"# -*- coding: {encoding} -*-\n"
    yield f"#!/usr/bin/python\n# vim: set fileencoding={encoding} :\n"
    yield f"\n  #\tcoding={encoding}\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_python_knows(encoding: str) -> None:
    """What the interpreter reads is followed, and differs in the edits alone, or is reported."""
    for cookie in cookie_lines(encoding):
        for word in WORDS:
            tail = f"x = '{word}'; import utils.db; print(utils.db.connect(), len(x))  # {word}\n"
            text = cookie + HACK + tail
            try:
                content = text.encode(encoding)
            except (UnicodeError, LookupError):
                if word != "plain":
                    continue
                content = text.encode()
            migration = migrated(content)
            after = migration.after.read(NEW)
            if "not-python" in codes_of(migration):
                assert after == content
                assert encoding not in USUAL
            else:
                rewritten = cookie + tail.replace("utils.db", "pipelines.utils.db")
                assert after == rewritten.encode(encoding)


USUAL = frozenset(
    {
        *("ascii", "big5", "cp1250", "cp1251", "cp1252", "cp437", "cp850", "cp932"),
        *("cp949", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "iso2022_jp", "iso8859_15"),
        *(
            "iso8859_2",
            "koi8_r",
            "latin_1",
            "mac_roman",
            "shift_jis",
            "utf_7",
            "utf_8",
            "utf-8-sig",
        ),
    }
)
"""Encodings that people have written Python in."""


@pytest.mark.parametrize(
    "encoding", ["latin-1", "cp1252", "koi8-r", "shift_jis", "gb18030", "utf-8"]
)
def test_programs_in_the_usual_encodings_print_the_same(encoding: str) -> None:
    word = {"koi8-r": "мир", "shift_jis": "表示ソ", "gb18030": "汉字"}.get(encoding, "é")
    text = (
        f"# coding: {encoding}\n{HACK}{USE}print(ascii('{word}'), utils.db.connect())  # {word}\n"
    )
    assert_follows(text.encode(encoding))


MISDECLARED: dict[str, bytes] = {
    "no declaration": HACK.encode() + f"{USE}x = 'é'\n".encode("latin-1"),
    "UTF-16": (HACK + USE).encode("utf-16"),
    "UTF-32": (HACK + USE).encode("utf-32"),
    "UTF-16 that is none": b"# coding: utf-16\n" + USE.encode(),
    "a mark of UTF-8 and another encoding": b"\xef\xbb\xbf# coding: latin-1\n" + USE.encode(),
    "an encoding of bytes": b"# coding: rot13\n" + USE.encode(),
    "a compressed file": b"# coding: zlib\n" + USE.encode(),
    "an encoding that nobody knows": b"# coding: klingon\n" + USE.encode(),
    "a declaration on line 3": f"#\n#\n# coding: latin-1\n{USE}x = 'é'\n".encode("latin-1"),
    "a declaration behind code": f"x = 1\n# coding: latin-1\n{USE}x = 'é'\n".encode("latin-1"),
    "a declaration of ASCII": f"# coding: ascii\n{USE}x = 'é'\n".encode(),
    "EBCDIC": f"# coding: cp037\n{USE}".encode("cp037"),
}


@pytest.mark.parametrize("what", MISDECLARED)
def test_bytes_that_are_not_what_they_are_declared_to_be(what: str) -> None:
    assert_left_and_reported(MISDECLARED[what], "encoding" if what != "EBCDIC" else "")


DECLARED: dict[str, bytes] = {
    "behind a word in that encoding": "# Jörg, coding: latin-1\n".encode("latin-1"),
    "with what Emacs adds": b"# -*- coding: latin-1-unix; mode: python -*-\n",
    "a mark and its name": b"\xef\xbb\xbf# coding: utf-8\n",
    "a mark and its long name": b"\xef\xbb\xbf# coding: UTF_8-unix\n",
    "twice": b"# coding: utf-8\n# coding: rot13\n",
    "between lone line ends": b"#\r# coding: utf-8\r# coding: rot13\r",
    "in a text between lone line ends": b"#\rx = 'coding: rot13'\r",
}


@pytest.mark.parametrize("what", DECLARED)
def test_declarations_are_found_where_the_interpreter_finds_them(what: str) -> None:
    end = "\r" if b"\r" in DECLARED[what] else "\n"
    assert_follows(DECLARED[what] + with_ends(HACK + USE, end).encode())


def test_a_module_may_have_a_word_in_its_encoding_above_the_declaration() -> None:
    """Where it is imported, that is; as a script it would not start."""
    text = (
        f"# Jörg\n# coding: latin-1\n{HACK}from utils.names import NAME\n{HELPER}print(NAME, 'é')\n"
    )
    files = repository_with(HACK + USE)
    files |= {"utils/db.py": text.encode("latin-1"), "utils/names.py": "NAME = 'a name'\n"}
    migration = migrate_files(files)
    after = text.replace(HACK, "").replace("utils.names", "pipelines.utils.names")
    assert migration.after.read("src/pipelines/utils/db.py") == after.encode("latin-1")
    printed = outputs(contents(migration.after), {"odd": NEW})
    assert printed == outputs(files, {"odd": OLD}) == {"odd": "a name é\nconnected\n"}


# -- many files


def test_thousands_of_files_in_one_folder() -> None:
    count = 1_000
    files = {
        "Makefile": "run:\n" + "".join(f"\tpython jobs/job_{n}.py\n" for n in range(count)),
        "utils/db.py": HELPER,
        **{f"jobs/job_{n}.py": HACK + USE for n in range(count)},
        **{f"data/row_{n}.csv": f"{n}\n" for n in range(9_000)},
    }
    with seconds(120):
        migration = migrate_files(files)
    after = USE.replace("utils", "pipelines.utils").encode()
    moved = [migration.after.read(path) for path in migration.after if "/job_" in path]
    assert moved == [after] * count


# -- on the command line


def test_one_run_over_all_of_them(
    repository: Callable[[Files], Path], adopt: Callable[..., Result]
) -> None:
    """Every file is there afterwards, in its bytes or rewritten; and undo gives all back."""
    odd: dict[str, bytes] = {
        **{f"deep {what}": (HACK + USE + code).encode() for what, code in DEEP.items()},
        **{f"too deep {what}": (HACK + USE + code).encode() for what, code in TOO_DEEP.items()},
        **{f"text {what}": (HACK + code).encode() for what, code in TEXTS.items()},
        **{f"no {what}": (HACK + USE + code).encode() for what, code in NOT_PYTHON.items()},
        **{f"newer {what}": (HACK + USE + code).encode() for what, (_, code) in NEWER.items()},
        **{f"misdeclared {what}": content for what, content in MISDECLARED.items()},
        **{f"declared {what}": head + USE.encode() for what, head in DECLARED.items()},
        "long": f"{HACK}x = [{'1, ' * 100_000}]; {USE}".encode(),
    }
    names = {what: f"jobs/odd_{number}.py" for number, what in enumerate(sorted(odd))}
    files: dict[str, bytes | str] = {names[what]: content for what, content in odd.items()}
    files["Makefile"] = "run:\n" + "".join(f"\tpython {name}\n" for name in names.values())
    files["utils/db.py"] = HELPER
    path = repository(files)
    before = files_in(path)
    result = adopt(path, "--json")
    assert "Traceback" not in result.stderr, result.stderr
    assert result.status in (0, 1), result.stderr
    document = json.loads(result.stdout)
    failed = [check for check in document["checks"] if not check["passed"]]
    assert [check["name"] for check in failed if check["name"] != "layout-rules"] == []
    after = files_in(path)
    for what, name in names.items():
        content = after[f"src/pipelines/{name}"][1]
        if what.startswith(("too deep", "no ", "misdeclared")):
            assert content == odd[what]
        elif not what.startswith("newer"):
            assert b"pipelines" in content, what
    assert relayout("undo", cwd=path).status == 0
    assert files_in(path) == before
    assert git(path, "status", "--porcelain") == ""
