"""Literals that are paths follow what they name; what is not sure stays, and is reported."""

from __future__ import annotations

import pytest

from migrations import checks_of, migrate_files, text_after
from relayout.migration import Migration
from relayout.planning.plan import Options

FILES = {
    "Makefile": "run:\n\tpython jobs/run.py\n",
    "jobs/step.py": "print(1)\n",
    "sql/a.sql": "1",
    "sql/b.sql": "2",
    "conf/a.yaml": "3",
    "mixed/a.txt": "4",
    "mixed/b.txt": "5",
    "stays/a.txt": "6",
}
MOVES = {
    "jobs/run.py": "src/app/jobs/run.py",
    "jobs/step.py": "src/app/jobs/step.py",
    "sql/a.sql": "src/app/data/sql/a.sql",
    "sql/b.sql": "src/app/data/sql/b.sql",
    "conf/a.yaml": "src/app/data/settings.yaml",
    "mixed/a.txt": "src/app/data/a.txt",
}
RUN = "src/app/jobs/run.py"
HEAD = "import glob, os, subprocess, sys\nfrom pathlib import Path\n"


def migrated(code: str, more: dict[str, str] | None = None) -> Migration:
    files = {**FILES, "jobs/run.py": HEAD + code, **(more or {})}
    migration = migrate_files(files, Options("src-layout", package="app"), MOVES)
    assert checks_of(migration)["code-unchanged"].passed
    return migration


def rewritten(code: str) -> str:
    return text_after(migrated(code), RUN).removeprefix(HEAD)


def reported(code: str, more: dict[str, str] | None = None) -> list[tuple[int, str]]:
    findings = migrated(code, more).plan.findings
    lines = HEAD.count("\n")
    codes = ("reference-not-followed", "path-not-followed")
    return [(f.line - lines, f.message) for f in findings if f.path == RUN and f.code in codes]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("open('sql/a.sql')", "open('src/app/data/sql/a.sql')"),
        ("open('conf/a.yaml')", "open('src/app/data/settings.yaml')"),
        ("open('mixed/a.txt')", "open('src/app/data/a.txt')"),
        ("f('mixed/a.txt')", "f('src/app/data/a.txt')"),
        ("open('sql/new.sql', 'w')", "open('src/app/data/sql/new.sql', 'w')"),
        ("os.listdir('sql')", "os.listdir('src/app/data/sql')"),
        ("Path('sql') / x", "Path('src/app/data/sql') / x"),
        ("glob.glob('mixed/a*.txt')", "glob.glob('src/app/data/a*.txt')"),
        ("os.path.join('mixed', 'a.txt')", "os.path.join('src/app/data', 'a.txt')"),
        ("open(f'sql/{x}')", "open(f'src/app/data/sql/{x}')"),
        ("open(rf'sql/{x}')", "open(rf'src/app/data/sql/{x}')"),
        ("open('s\\x71l/a.sql')", "open('src/app/data/sql/a.sql')"),
        ("SQL_DIR = 'sql'", "SQL_DIR = 'src/app/data/sql'"),
        ("S = 'sql'\nopen(S + '/a.sql')", "S = 'src/app/data/sql'\nopen(S + '/a.sql')"),
        ("D = 'mixed'\nopen(D + '/a.txt')", "D = 'src/app/data'\nopen(D + '/a.txt')"),
        ("os.getenv('S', 'sql/a.sql')", "os.getenv('S', 'src/app/data/sql/a.sql')"),
        ("os.system('cat sql/a.sql|wc')", "os.system('cat src/app/data/sql/a.sql|wc')"),
        ("os.system(f'cat sql/a.sql {x}')", "os.system(f'cat src/app/data/sql/a.sql {x}')"),
        (
            "R = Path(__file__).parents[1]\nopen(f'{R}/sql/{x}')",
            "R = Path(__file__).resolve().parents[3]\nopen(f'{R}/src/app/data/sql/{x}')",
        ),
        (
            "R = str(Path(__file__).parents[1])\nopen(R + '/sql/' + x)",
            "R = str(Path(__file__).resolve().parents[3])\nopen(R + '/src/app/data/sql/' + x)",
        ),
        (
            "subprocess.run([sys.executable, 'jobs/step.py'])",
            "subprocess.run([sys.executable, 'src/app/jobs/step.py'])",
        ),
    ],
)
def test_a_path_is_followed(before: str, after: str) -> None:
    assert rewritten(before + "\n") == after + "\n"


@pytest.mark.parametrize(
    "code",
    [
        "f('sql')",
        "x = ['sql', 'conf', 'step']",
        "f('sql/new.sql')",
        "f('sql/')",
        "open('stays/a.txt')",
        "open('stays/new.txt')",
        "open('mixed/new.txt', 'w')",
        "open('/sql/a.sql')",
        "open('data/raw.csv')",
        "print('sql/a.sql')",
        "c.execute('sql/a.sql')",
        "f(Key='sql/a.sql')",
        "f('s3://sql/a.sql', 'http://x/sql/a.sql')",
        "NAME = 'a.sql'\nopen('stays/' + NAME)",
        "'sql/a.sql'",
        "# sql/a.sql",
    ],
)
def test_what_is_left_without_a_word(code: str) -> None:
    assert rewritten(code + "\n") == code + "\n"
    assert reported(code + "\n") == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("os.listdir('mixed')", "different places"),
        ("Path('mixed') / x", "could not be changed"),
        ("glob.glob('mixed/*.txt')", "could not be changed"),
        ("D = 'mixed'\nopen(D + '/a.txt')\nopen(D + '/b.txt')", "could not be changed"),
        ("open('sql/' 'a.sql')", "could not be changed"),
        ("open(os.path.join(x, 'sql', 'a.sql'))", "if the folder"),
        ("f({'sql/a.sql': 1})", "now src/app/data/sql/a.sql"),
        ("f(f'sql/{x}.sql')", "may name"),
        ("os.chdir(x)\nopen('sql/a.sql')", "current folder"),
        ("os.system('cd x && cat sql/a.sql')", "if the folder"),
        ("subprocess.run(['cat', 'sql/a.sql'], cwd=x)", "now src/app/data/sql/a.sql"),
    ],
)
def test_what_is_not_sure_is_reported(code: str, said: str) -> None:
    assert rewritten(code + "\n") == code + "\n"
    [(_, message)] = reported(code + "\n")
    assert said in message


def test_a_pattern_that_would_find_more_is_reported() -> None:
    code = "glob.glob('mixed/a*')\n"
    assert rewritten(code) == "glob.glob('src/app/data/a*')\n"
    more = {"src/app/data/also.txt": "7"}
    assert "could not be changed" in reported(code, more)[0][1]


def test_a_name_that_others_import_has_to_be_right_as_a_whole() -> None:
    code = "HERE = 'mixed'\nopen(HERE + '/a.txt')\n"
    assert rewritten(code) == code.replace("mixed", "src/app/data")
    more = {"tools/use.py": "from jobs.run import HERE\nprint(HERE)\n"}
    assert "could not be changed for every use" in reported(code, more)[0][1]


def test_lines_that_need_the_root_are_reported_once() -> None:
    code = "open('sql/a.sql'), open('stays/a.txt')\nopen('conf/a.yaml')\nopen('elsewhere.txt')\n"
    findings = migrated(code).plan.findings
    lines = [f.line for f in findings if f.code == "path-from-current-folder"]
    assert lines == [3, 4]


def test_in_a_test_a_text_alone_is_no_path() -> None:
    code = "def test_it():\n    f('sql/a.sql')\n    assert open('sql/a.sql')\n"
    after = text_after(migrated("", {"tests/test_it.py": code}), "tests/test_it.py")
    assert after == code.replace("open('sql", "open('src/app/data/sql")


def test_a_second_migration_changes_nothing() -> None:
    code = "D = 'sql'\nopen(D + '/a.sql'), open('mixed/a.txt'), os.listdir('./sql/')\n"
    again = migrate_files(
        {p: migrated(code).after.read(p) for p in migrated(code).after},
        Options("src-layout", package="app"),
    )
    assert not [e for e in again.plan.edits if e.path == RUN]


def test_parts_that_only_climb_stay() -> None:
    code = (
        "import os\n"
        "HERE = os.path.dirname(__file__)\n"
        "for place in (\n"
        '    os.path.abspath(os.path.join(HERE, "..", "..", "..", "lib", "crawl")),\n'
        '    os.path.abspath(os.path.join(HERE, "..", "..", "lib", "crawl")),\n'
        "):\n"
        "    print(place)\n"
    )
    files = {
        "Makefile": "run:\n\tpython air/dags/daily/boot.py\n",
        "air/dags/daily/boot.py": code,
        "air/docker-compose.yml": "services: {}\n",
        "lib/crawl/fetch.py": "print(1)\n",
    }
    moves = {
        "lib/crawl/fetch.py": "src/app/crawl/fetch.py",
        "air/docker-compose.yml": "dev/air.yml",
    }
    migration = migrate_files(files, Options("src-layout", package="app"), moves)
    assert checks_of(migration)["code-unchanged"].passed
    after = text_after(migration, "air/dags/daily/boot.py")
    assert '(HERE, "..", "..", "lib", "crawl")' in after
    assert '"..", "..", "..", "src", "app", "crawl")' in after
