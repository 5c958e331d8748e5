"""Examples in docstrings: which follow, how lines are added, and that they run as they ran."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrations import checks_of, migrate_files, text_after
from relayout.inventory.docstring_code import docstrings, read_shown
from relayout.migration import Migration
from workbench import build_tree

MAKE = "a:\n\tpython scripts/run.py\n"
RUN = "from utils.db import NAME\nfrom shared.text import show\nimport utils.names\n"
FILES = {
    "Makefile": MAKE,
    "scripts/run.py": RUN,
    "utils/db.py": "NAME = 1\n\n\ndef who():\n    return NAME\n",
    "utils/names.py": "ONE = 1\n",
    "utils/deep.py": "class D(Exception):\n    class In:\n        pass\n",
    "shared/text.py": "def show(text):\n    return str(text)\n",
}
MOVES = {
    "scripts/run.py": "src/pipelines/scripts/run.py",
    "scripts/more.py": "src/pipelines/scripts/more.py",
    "utils/db.py": "src/pipelines/utils/db.py",
    "utils/sub/deep.py": "src/pipelines/text/sub/deep.py",
    "utils/deep.py": "src/pipelines/text/deep.py",
    "utils/names.py": "src/pipelines/text/names.py",
    "shared/text.py": "src/pipelines/text/text.py",
}
MORE = "src/pipelines/scripts/more.py"


def migration_of(code: str | bytes, **more: str) -> Migration:
    files = {**FILES, "scripts/more.py": code, **more}
    targets = {path: MOVES.get(path, path) for path in files}
    return migrate_files(files, moves=targets)


def rewritten(code: str, **more: str) -> str:
    """Return what becomes of a file whose examples are shown; all checks pass on it."""
    migration = migration_of(code, **more)
    failed = [c for c in checks_of(migration).values() if not c.passed and c.name != "layout-rules"]
    assert failed == []
    return text_after(migration, MORE)


def findings_of(code: str, **more: str) -> list[tuple[str, int]]:
    found = migration_of(code, **more).plan.findings
    return [(f.code, f.line) for f in found if f.path == MORE and f.code != "no-entry-point"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (">>> from utils.db import who", ">>> from pipelines.utils.db import who"),
        (">>> import utils.db as d", ">>> import pipelines.utils.db as d"),
        (">>> from utils import db", ">>> from pipelines.utils import db"),
        (
            ">>> from utils import db, names",
            ">>> from pipelines.utils import db\n>>> from pipelines.text import names",
        ),
        (
            ">>> from utils import (\n...     db,\n...     names,\n... )\n>>> db.who()\n1",
            ">>> from pipelines.utils import (\n...     db,\n... )\n"
            ">>> from pipelines.text import names\n>>> db.who()\n1",
        ),
        (
            ">>> from utils import db, names #doctest:+SKIP",
            ">>> from pipelines.utils import db #doctest:+SKIP\n"
            ">>> from pipelines.text import names  #doctest:+SKIP",
        ),
        (
            ">>> from utils import db, names; db.who()",
            ">>> from pipelines.utils import db; from pipelines.text import names; db.who()",
        ),
        (
            "  >>> if 1:\n  ...   from utils import db, names",
            "  >>> if 1:\n  ...   from pipelines.utils import db\n"
            "  ...   from pipelines.text import names",
        ),
        (
            ">>> def f():\n...     from utils import db, names\n"
            "...     return db.who()\n...\n>>> f()\n1",
            ">>> def f():\n...     from pipelines.utils import db\n"
            "...     from pipelines.text import names\n...     return db.who()\n...\n>>> f()\n1",
        ),
        (
            ">>> import utils.db\n>>> utils.db.who() + utils.db.NAME\n2",
            ">>> import pipelines.utils.db\n"
            ">>> pipelines.utils.db.who() + pipelines.utils.db.NAME\n2",
        ),
        (
            ">>> import utils.db\n\nThen:\n\n>>> utils.db.who()\n1",
            ">>> import pipelines.utils.db\n\nThen:\n\n>>> pipelines.utils.db.who()\n1",
        ),
        (">>> from more import x", ">>> from pipelines.scripts.more import x"),
        (">>> import scripts.more as m", ">>> import pipelines.scripts.more as m"),
        (
            "Do::\n\n    from utils import db, names\n    db.who()",
            "Do::\n\n    from pipelines.utils import db\n"
            "    from pipelines.text import names\n    db.who()",
        ),
        (
            "```py\nfrom utils import (  # both\n    db, names,\n)\n```",
            "```py\nfrom pipelines.utils import (  # both\n    db,\n)\n"
            "from pipelines.text import names\n```",
        ),
        (
            "```python\nimport utils.db\n```\nand\n```python\nutils.db.who()\n```",
            "```python\nimport pipelines.utils.db\n```\n"
            "and\n```python\npipelines.utils.db.who()\n```",
        ),
        (
            ">>> D\n<class 'utils.deep.D'>\n>>> E\n<class 'utils.deep.E'>",
            ">>> D\n<class 'pipelines.text.deep.D'>\n>>> E\n<class 'utils.deep.E'>",
        ),
        (
            ">>> D()\n<utils.deep.D.In object at 0x...>\n>>> D.x\nTraceback (innermost last):\n"
            "  ...\nutils.deep.D: utils.deep.D",
            ">>> D()\n<pipelines.text.deep.D.In object at 0x...>\n>>> D.x\n"
            "Traceback (innermost last):\n  ...\npipelines.text.deep.D: utils.deep.D",
        ),
        (
            ">>> from utils.db import who; print('''é\n... >>> 😀''', who())",
            ">>> from pipelines.utils.db import who; print('''é\n... >>> 😀''', who())",
        ),
    ],
)
@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_an_example_follows(before: str, after: str, indent: str) -> None:
    holder = "class A:\n" if indent else ""

    def file(example: str) -> str:
        text = f'"""Show.\n\n{example}\n"""\n'
        return holder + "".join(
            f"{indent}{line}" if line.strip() else line for line in text.splitlines(keepends=True)
        )

    assert rewritten(file(before)) == file(after)


def test_a_docstring_that_is_set_follows() -> None:
    code = "def f():\n    pass\n\n\nf.__doc__ = '''F.\n\n>>> from utils.db import who\n'''\n"
    assert rewritten(code) == code.replace("utils", "pipelines.utils")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "'''A.\r\n\r\n>>> from utils import db, names\r\n'''\r\n",
            "'''A.\r\n\r\n>>> from pipelines.utils import db\r\n"
            ">>> from pipelines.text import names\r\n'''\r\n",
        ),
        (
            "'''A.\r\r>>> from utils import db, names\r'''\r",
            "'''A.\r\r>>> from pipelines.utils import db\r"
            ">>> from pipelines.text import names\r'''\r",
        ),
        (
            "'A.\\n\\n>>> from utils import db, names\\n>>> 1\\n1'\n",
            "'A.\\n\\n>>> from pipelines.utils import db\\n"
            ">>> from pipelines.text import names\\n>>> 1\\n1'\n",
        ),
        ("u'>>> import utils.db as d'", "u'>>> import pipelines.utils.db as d'"),
        (
            "r'''\\d\n>>> from utils import db, names\n'''\n",
            "r'''\\d\n>>> from pipelines.utils import db\n"
            ">>> from pipelines.text import names\n'''\n",
        ),
        (
            "'''\\\nA\\x41\\N{BULLET}\\\n>>> 1\\\n\n>>> \\\nimport utils.db as d\n'''\n",
            "'''\\\nA\\x41\\N{BULLET}\\\n>>> 1\\\n\n>>> \\\nimport pipelines.utils.db as d\n'''\n",
        ),
        (
            "# é\n'''é\n\n>>> 'é'; from utils.db import who\n'''  # é\n",
            "# é\n'''é\n\n>>> 'é'; from pipelines.utils.db import who\n'''  # é\n",
        ),
    ],
)
def test_a_literal_is_edited_as_it_is_written(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("r'>>> from utils import db, names'\n", [("example-not-followed", 1)]),
        ("('A.'\n '\\n>>> import utils.db as d')\n", [("example-not-followed", 1)]),
        ("('A.'\n '\\n>>> import json')\n", []),
        ("'''A.\n\n```python\nimport utils.db\nprint x\n```\n'''\n", [("example-not-followed", 4)]),
        ("'''A.\n\n```python\nimport json\nprint x\n```\n'''\n", []),
        ("'''A.\n\n>>> import db\n>>> db.who()\n'''\n", []),
        ("'''A.\n\n>>> from db import who\n'''\n", [("import-repaired", 3)]),
        ("'''A.\n\n>>> from nowhere import who\n>>> from .. import x\n'''\n", []),
    ],
)
def test_what_cannot_be_followed_is_reported_and_left(
    code: str, expected: list[tuple[str, int]]
) -> None:
    assert findings_of(code) == expected
    if expected != [("import-repaired", 3)]:
        assert rewritten(code) == code


def test_an_example_that_may_mean_a_module_that_moved_is_reported_and_left() -> None:
    code = "'''A.\n\n>>> from sub.deep import gone\n'''\n"
    files = {"utils/sub/deep.py": "A = 1\n"}
    assert findings_of(code, **files) == [("example-not-followed", 3)]
    assert rewritten(code, **files) == code


def test_an_example_that_may_mean_a_module_that_stays_is_no_finding() -> None:
    code = '"""A.\n\n>>> from sub.other import gone\n"""\n'
    assert findings_of(code, **{"utils/sub/other.py": "A = 1\n"}) == []


def test_an_example_of_a_file_that_stays_follows() -> None:
    code = '"""Notes.\n\n>>> from utils.db import who\n"""\n'
    migration = migration_of("x = 1\n", **{"tests/test_notes.py": code})
    assert "from pipelines.utils.db import who" in text_after(migration, "tests/test_notes.py")


def test_an_example_of_a_package_may_import_the_package_and_its_modules() -> None:
    code = '"""Shared.\n\n>>> import shared\n>>> from shared import text, TWO\n"""\nTWO = 2\n'
    files = {**FILES, "shared/__init__.py": code}
    moves = {**MOVES, "shared/__init__.py": "src/pipelines/text/__init__.py"}
    migration = migrate_files(files, moves={p: moves.get(p, p) for p in files})
    assert text_after(migration, "src/pipelines/text/__init__.py") == (
        '"""Shared.\n\n>>> from pipelines import text as shared\n'
        '>>> from pipelines.text import text, TWO\n"""\nTWO = 2\n'
    )


def test_examples_use_the_imports_of_their_module() -> None:
    code = (
        "import utils.db\n\n\ndef f():\n    '''F.\n\n    >>> utils.db.who()\n    1\n    '''\n"
        "    return utils.db.NAME\n"
    )
    assert rewritten(code) == code.replace("utils.db", "pipelines.utils.db")


def test_an_example_that_binds_the_name_itself_does_not_use_the_module_s() -> None:
    code = (
        "import utils.db\n\n\ndef f():\n    '''F.\n\n    >>> utils = [1]\n    >>> utils.pop()\n"
        "    1\n    '''\n    return utils.db.NAME\n"
    )
    assert rewritten(code) == (
        "import pipelines.utils.db\n\n\ndef f():\n    '''F.\n\n    >>> utils = [1]\n"
        "    >>> utils.pop()\n    1\n    '''\n    return pipelines.utils.db.NAME\n"
    )


def test_a_use_of_the_module_s_name_that_cannot_be_followed_is_reported() -> None:
    code = "'''F.\n\n>>> vars(utils)['db'].NAME\n1\n'''\nimport utils.db\nprint(utils.db.NAME)\n"
    assert findings_of(code) == [("example-not-followed", 3)]


def test_a_name_that_only_an_example_uses_stays_imported() -> None:
    code = (
        "'''Run.\n\n>>> Path('a').name\n'a'\n'''\nimport sys\nfrom pathlib import Path\n"
        "sys.path.append(str(Path(__file__).parent.parent))\nfrom utils.db import who\nwho()\n"
    )
    assert rewritten(code) == (
        "'''Run.\n\n>>> Path('a').name\n'a'\n'''\nfrom pathlib import Path\n"
        "from pipelines.utils.db import who\nwho()\n"
    )


def test_a_second_migration_changes_nothing() -> None:
    code = "'''F.\n\n>>> import utils.db, json\n>>> from utils import db, names\n'''\n"
    migration = migration_of(code)
    again = migrate_files({p: migration.after.read(p) for p in migration.after}, moves={})
    assert again.plan.edits == ()


STATEMENTS = [
    "import json",
    "import utils.db",
    "import utils.db as d",
    "import json, utils.names as n, os",
    "from utils.db import who, NAME as name",
    "from utils import db, names",
    "from utils import (\n    db,\n    names as n,\n)",
    "from shared.text import *",
    "from shared import text; text.show(1)",
    "print(utils.db.NAME, json)",
    "if 1:\n    import os, utils.names\n    print(utils.names.ONE)",
    "def f(utils=None):\n    from utils import db, names\n    return db.who()",
    "x = '''\nimport utils.db\n'''",
]
SHOWN_AS = {
    "doctest": lambda lines: [f">>> {lines[0]}", *(f"... {line}" for line in lines[1:])],
    "block": lambda lines: [f"   {line}" for line in lines],
    "fence": lambda lines: lines,
}
AROUND = {
    "doctest": ("", ""),
    "block": (".. code-block:: python\n\n", ""),
    "fence": ("```python\n", "\n```"),
}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=5),
    st.sampled_from(sorted(SHOWN_AS)),
    st.sampled_from(["\n", "\r\n"]),
)
def test_an_example_becomes_what_a_file_becomes(
    statements: list[str], form: str, line_end: str
) -> None:
    """Code means the same in a file and in a docstring of a file at the same place."""
    shown = [line for text in statements for line in SHOWN_AS[form](text.split("\n"))]
    before, behind = AROUND[form]
    text = 'def f():\n    """F.\n\n' + before + "\n".join(shown) + behind + '\n    """\n'
    in_file = rewritten("\n".join(statements) + "\n")
    (docstring,) = docstrings(ast.parse(rewritten(text.replace("\n", line_end))))
    (code,) = read_shown(docstring).code
    assert code.text == in_file


CASE = Path(__file__).parents[1] / "cases" / "examples-in-docstrings"

DOCTESTS = """\
import doctest, importlib, sys
sys.path[:0] = sys.argv[1].split(":")
for name in sys.argv[2:]:
    print(*doctest.testmod(importlib.import_module(name), report=False))
"""


def results_of_doctests(folder: Path, path: str, *modules: str) -> str:
    """Run the doctests of modules; return how many failed and how many there were, in each."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", DOCTESTS, path, *modules],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout


def test_the_doctests_of_the_case_pass_before_and_after(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    before = results_of_doctests(
        tmp_path / "before", ".:jobs", "utils.rates", "utils.money", "jobs.convert", "jobs.report"
    )
    names = ["utils.rates", "shared.money", "jobs.convert", "jobs.report"]
    after = results_of_doctests(tmp_path / "after", "src", *(f"pipelines.{name}" for name in names))
    assert [line.split()[0] for line in before.splitlines()] == ["0"] * 4, before
    assert [line.split()[0] for line in after.splitlines()] == ["0"] * 4, after
    attempted = [int(line.split()[1]) for line in before.splitlines()]
    assert all(attempted)
    # `from utils import rates, money` is two examples now
    attempted[0] += 1
    assert [int(line.split()[1]) for line in after.splitlines()] == attempted


def test_the_doctests_of_a_tree_pass_after_it_was_migrated(tmp_path: Path) -> None:
    code = (
        "import utils.db\n\n\ndef f():\n    '''F.\n\n    >>> from more import f\n"
        "    >>> from utils import db, names\n    >>> db.who() + names.ONE\n    2\n"
        "    >>> utils.db.NAME + f()\n    2\n    '''\n    return utils.db.NAME\n"
    )
    migration = migration_of(code)
    after = {path: migration.rewritten.read(path) for path in migration.rewritten}
    folder = build_tree(tmp_path, after)
    assert results_of_doctests(folder, "src", "pipelines.scripts.more") == "0 5\n"
