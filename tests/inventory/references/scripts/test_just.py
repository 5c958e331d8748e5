"""Justfiles."""

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
            (
                "load:\n"
                "    python utils/load.py\n"
                "    @cd utils && python load.py\n"
                "    cat sql/x.sql\n"
            ),
            (
                "load:\n"
                "    python -m pkg.utils.load\n"
                "    @cd src/pkg/utils && python -m pkg.utils.load\n"
                "    cat src/pkg/sql/x.sql\n"
            ),
        ),
        (
            "d := 'sql'\nload:\n    psql -f {{d}}/x.sql\n",
            "d := 'src/pkg/sql'\nload:\n    psql -f {{d}}/x.sql\n",
        ),
        (
            "load:\n    python {{justfile_directory()}}/utils/load.py {{ARGS}}\n",
            "load:\n    python -m pkg.utils.load {{ARGS}}\n",
        ),
        (
            "load:\n    #!/usr/bin/env bash\n    set -e\n    cd utils\n    python load.py\n",
            (
                "load:\n"
                "    #!/usr/bin/env bash\n"
                "    set -e\n"
                "    cd src/pkg/utils\n"
                "    python -m pkg.utils.load\n"
            ),
        ),
        (
            (
                "[working-directory: 'utils']\n"
                "load:\n"
                "    python load.py\n"
                "other:\n"
                "    python utils/load.py \\\n"
                "      --x\n"
            ),
            (
                "[working-directory: 'src/pkg/utils']\n"
                "load:\n"
                "    python -m pkg.utils.load\n"
                "other:\n"
                "    python -m pkg.utils.load \\\n"
                "      --x\n"
            ),
        ),
        (
            'set working-directory := "utils"\nload:\n\tpython load.py\n',
            'set working-directory := "src/pkg/utils"\nload:\n\tpython -m pkg.utils.load\n',
        ),
        (
            "x := 'utils/load.py'\nimport 'sql/x.sql'\nmod foo 'utils'\n",
            ("x := 'src/pkg/utils/load.py'\nimport 'src/pkg/sql/x.sql'\nmod foo 'src/pkg/utils'\n"),
        ),
        (
            'RUN := "uv run python"\nload:\n    {{RUN}} utils/load.py\r\n',
            'RUN := "uv run python"\nload:\n    {{RUN}} -m pkg.utils.load\r\n',
        ),
    ],
)
def test_a_recipe_follows(before: str, after: str) -> None:
    assert followed("justfile", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "utils:\n  ls\nb: utils\n  just utils\n",
        "name := 'utils'\nload arg='utils':\n    echo {{name}}\n",
        "# python utils/load.py\n",
    ],
)
def test_names_of_recipes_are_left(text: str) -> None:
    assert followed("justfile", text, MOVES, STAYS) == (text, [])
