"""Run configurations of PyCharm."""

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
                '<o name="SCRIPT_NAME" value="$PROJECT_DIR$/utils/load.py" /><o '
                'name="WORKING_DIRECTORY" value="$PROJECT_DIR$" />'
            ),
            (
                '<o name="SCRIPT_NAME" value="$PROJECT_DIR$/src/pkg/utils/load.py" /><o '
                'name="WORKING_DIRECTORY" value="$PROJECT_DIR$" />'
            ),
        ),
        (
            '<o name="SCRIPT_NAME" value="utils.load" /><o name="MODULE_MODE" value="true" />',
            (
                '<o name="SCRIPT_NAME" value="pkg.utils.load" /><o name="MODULE_MODE" '
                'value="true" />'
            ),
        ),
        (
            '<content url="file://$PROJECT_DIR$/sql"/>',
            '<content url="file://$PROJECT_DIR$/src/pkg/sql"/>',
        ),
    ],
)
def test_a_configuration_follows(before: str, after: str) -> None:
    assert followed(".idea/runConfigurations/load.xml", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        '<o name="PARAMETERS" value="--x utils" />',
        '<o name="SCRIPT_NAME" value="utils.load" />',
        '<configuration name="utils/load.py">',
        '<o value="$PROJECT_DIR$/../utils/load.py" />',
    ],
)
def test_what_only_looks_like_a_path_is_left(text: str) -> None:
    assert followed(".idea/runConfigurations/load.xml", text, MOVES, STAYS) == (text, [])
