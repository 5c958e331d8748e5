"""Services that measure code measure the same code as before."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
}
STAYS = ("__legacy/x.py", "docs/a.md", "tests/test_x.py")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("codecov.yml", "ignore:\n  - utils/**\n  - 'tasks'", "ignore:\n  - src/pkg/utils/**\n"
         "  - '__legacy/tasks'\n  - 'src/pkg/run.py'"),
        (".codecov.yml", "flags: {utils: {paths: [utils/]}}",
         "flags: {utils: {paths: [src/pkg/utils/]}}"),
        ("codecov.yml", "ignore: ['utils/.*']", "ignore: ['src/pkg/utils/.*']"),
        ("codecov.yml", "coverage: {status: {project: {utils: {target: 80}}}}",
         "coverage: {status: {project: {utils: {target: 80}}}}"),
        (".github/labeler.yml", "etl:\n- any: ['utils/**', '!docs/**']\nutils: tasks/*.py\n",
         "etl:\n- any: ['src/pkg/utils/**', '!docs/**']\nutils: tasks/*.py\n"),
        (".github/labeler.yml",
         "etl:\n- head-branch: ['utils/load.py']\n- changed-files:\n"
         "  - any-glob-to-any-file: utils/*\n",
         "etl:\n- head-branch: ['utils/load.py']\n- changed-files:\n"
         "  - any-glob-to-any-file: src/pkg/utils/*\n"),
        ("sonar-project.properties", "sonar.sources=utils,tasks\nsonar.projectKey=utils\n",
         "sonar.sources=src/pkg/utils,__legacy/tasks,src/pkg/run.py\nsonar.projectKey=utils\n"),
        ("sonar-project.properties",
         "sonar.exclusions = utils/**, \\\n  **/x/**\n# sonar.tests=utils\n",
         "sonar.exclusions = src/pkg/utils/**, \\\n  **/x/**\n# sonar.tests=utils\n"),
    ],
)  # fmt: skip
def test_what_is_measured_follows(path: str, before: str, after: str) -> None:
    got, about = followed(path, before, MOVES, STAYS)
    assert got == after
    assert len(about) == before.count("utils: tasks/*.py")
