"""``tox.ini`` runs things, in folders, with requirements."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/__init__.py": "src/pkg/utils/__init__.py",
    "utils/load.py": "src/pkg/utils/load.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "libs/own/setup.py": "packages/own/setup.py",
    "deps/dev.txt": "requirements/dev.txt",
}
STAYS = ("tests/test_load.py", "requirements.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("commands = python utils/load.py {posargs}",
         "commands = python -m pkg.utils.load {posargs}"),
        ("commands =\n    - python -m utils.load\n    pytest --cov=utils tests",
         "commands =\n    - python -m pkg.utils.load\n    pytest --cov=src/pkg/utils tests"),
        ("commands = psql -f {toxinidir}/sql/x.sql",
         "commands = psql -f {toxinidir}/src/pkg/sql/x.sql"),
        ("commands = python \\\n    utils/load.py \\\n    --x",
         "commands = python \\\n    -m pkg.utils.load \\\n    --x"),
        ("commands_pre = cat sql/x.sql", "commands_pre = cat src/pkg/sql/x.sql"),
        ("commands = mypy {posargs:utils tests}", "commands = mypy {posargs:src/pkg/utils tests}"),
        ("commands = cat {posargs:{env:X:} sql/x.sql} {envdir}",
         "commands = cat {posargs:{env:X:} src/pkg/sql/x.sql} {envdir}"),
        ("changedir = utils\ncommands = cat load.py",
         "changedir = src/pkg/utils\ncommands = cat load.py"),
        ("changedir = {toxinidir}/utils", "changedir = {toxinidir}/src/pkg/utils"),
        ("deps =\n    pytest\n    -r deps/dev.txt\n    -rdeps/dev.txt\n    -e ./libs/own",
         "deps =\n    pytest\n    -r requirements/dev.txt\n    -rrequirements/dev.txt\n"
         "    -e ./packages/own"),
        ("deps =\n    py311: -r deps/dev.txt", "deps =\n    py311: -r requirements/dev.txt"),
        ("setenv =\n    SQL = sql/x.sql\n    PYTHONPATH = utils",
         "setenv =\n    SQL = src/pkg/sql/x.sql\n    PYTHONPATH = utils"),
    ],
)  # fmt: skip
def test_an_environment_follows(before: str, after: str) -> None:
    assert followed("tox.ini", f"[testenv:x]\n{before}\n", MOVES, STAYS) == (
        f"[testenv:x]\n{after}\n",
        [],
    )


def test_a_section_that_others_refer_to_follows() -> None:
    before = "[base]\ncommands = python utils/load.py\n[testenv]\ncommands = {[base]commands}\n"
    after = before.replace("utils/load.py", "-m pkg.utils.load")
    assert followed("tox.ini", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "description = runs utils/load.py",
        "commands = pytest tests",
        "commands = echo utils",
        "commands = pytest -k utils",
        "deps = utils",
        "setenv =\n    NAME = utils",
        "allowlist_externals = utils",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    whole = f"[testenv]\n{text}\n"
    after, _ = followed("tox.ini", whole, MOVES, STAYS)
    assert after == whole
