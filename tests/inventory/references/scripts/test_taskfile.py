"""Taskfiles."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "scripts/common.sh": "tools/common.sh",
    "scripts/start.sh": "tools/start.sh",
}
STAYS = ("config/a.yaml", "tasks/notes.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "tasks:\n  default: python utils/load.py\n",
            "tasks:\n  default: python -m pkg.utils.load\n",
        ),
        (
            "tasks:\n  load:\n    dir: utils\n    cmds:\n      - python load.py\n",
            (
                "tasks:\n"
                "  load:\n"
                "    dir: src/pkg/utils\n"
                "    cmds:\n"
                "      - python -m pkg.utils.load\n"
            ),
        ),
        (
            "tasks:\n  b:\n    sources: [utils/**/*.py, 'sql/*.sql']\n",
            "tasks:\n  b:\n    sources: [src/pkg/utils/**/*.py, 'src/pkg/sql/*.sql']\n",
        ),
        (
            (
                "tasks:\n"
                "  b:\n"
                "    cmds:\n"
                "      - cd utils && python load.py\n"
                "      - cmd: cat sql/x.sql\n"
            ),
            (
                "tasks:\n"
                "  b:\n"
                "    cmds:\n"
                "      - cd src/pkg/utils && python -m pkg.utils.load\n"
                "      - cmd: cat src/pkg/sql/x.sql\n"
            ),
        ),
        (
            (
                "tasks:\n"
                "  b:\n"
                "    cmds:\n"
                "      - |\n"
                "        python utils/load.py\n"
                "        cat sql/x.sql\n"
            ),
            (
                "tasks:\n"
                "  b:\n"
                "    cmds:\n"
                "      - |\n"
                "        python -m pkg.utils.load\n"
                "        cat src/pkg/sql/x.sql\n"
            ),
        ),
        (
            (
                "tasks:\n"
                "  c:\n"
                "    status: [test -f sql/x.sql]\n"
                "    preconditions:\n"
                "      - sh: test -d utils\n"
            ),
            (
                "tasks:\n"
                "  c:\n"
                "    status: [test -f src/pkg/sql/x.sql]\n"
                "    preconditions:\n"
                "      - sh: test -d src/pkg/utils\n"
            ),
        ),
        (
            (
                "includes:\n"
                "  a: ./sql\n"
                "  b: {taskfile: utils/load.py, dir: utils}\n"
                "vars:\n"
                "  SQL: sql/x.sql\n"
            ),
            (
                "includes:\n"
                "  a: ./src/pkg/sql\n"
                "  b: {taskfile: src/pkg/utils/load.py, dir: src/pkg/utils}\n"
                "vars:\n"
                "  SQL: src/pkg/sql/x.sql\n"
            ),
        ),
    ],
)
def test_a_task_follows(before: str, after: str) -> None:
    assert followed("Taskfile.yml", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        (
            "vars: {NAME: utils}\n"
            "tasks:\n"
            "  utils:\n"
            "    desc: sql\n"
            "    deps: [sql]\n"
            "    cmds: [{task: utils}]\n"
        ),
        "tasks: [\n",
        "env: {PYTHONPATH: utils}\n",
    ],
)
def test_names_are_left(text: str) -> None:
    assert followed("Taskfile.yml", text, MOVES, STAYS) == (text, [])
