"""Dependabot and Renovate look at the same folders as before."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/requirements.txt": "src/pkg/utils/requirements.txt",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
}
STAYS = ("__legacy/x.py", "requirements.txt", "docs/package.json")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("directory: /utils", "directory: /src/pkg/utils"),
        ('directory: "/utils/" # it', 'directory: "/src/pkg/utils/" # it'),
        ("directory: utils", "directory: src/pkg/utils"),
        ("directories: [/utils, /docs, '/tasks']",
         "directories: [/src/pkg/utils, /docs, '/__legacy/tasks', '/src/pkg/run.py']"),
        ("directories:\n  - /utils/*\n  - /**", "directories:\n  - /src/pkg/utils/*\n  - /**"),
        ("directory: /", "directory: /"),
        ("directory: /docs\n  labels: [utils]\n  ignore: [{dependency-name: tasks/run.py}]",
         "directory: /docs\n  labels: [utils]\n  ignore: [{dependency-name: tasks/run.py}]"),
    ],
)  # fmt: skip
def test_dependabot_follows(before: str, after: str) -> None:
    start = "version: 2\nupdates:\n- package-ecosystem: pip\n  "
    assert followed(".github/dependabot.yml", start + before, MOVES, STAYS) == (start + after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"includePaths": ["utils/**", "docs/**"]}',
         '{"includePaths": ["src/pkg/utils/**", "docs/**"]}'),
        ('{\n // why\n "ignorePaths": [\n  "tasks/**",\n ],\n}',
         '{\n // why\n "ignorePaths": [\n  "__legacy/tasks/**",\n  "src/pkg/run.py",\n ],\n}'),
        ('{"packageRules": [{"matchFileNames": ["utils/requirements.txt"]}]}',
         '{"packageRules": [{"matchFileNames": ["src/pkg/utils/requirements.txt"]}]}'),
        ('{"pip_requirements": {"fileMatch": ["^utils/[\\\\w-]+\\\\.txt$"]}}',
         '{"pip_requirements": {"fileMatch": ["^src/pkg/utils/[\\\\w-]+\\\\.txt$"]}}'),
        ('{"x": {"managerFilePatterns": ["/^utils/requirements\\\\.txt$/"]}}',
         '{"x": {"managerFilePatterns": ["/^src/pkg/utils/requirements\\\\.txt$/"]}}'),
        ('{"labels": ["utils"], "extends": ["utils/requirements.txt"]}',
         '{"labels": ["utils"], "extends": ["utils/requirements.txt"]}'),
        ('{"ignorePaths": ["**/utils/**", "utils', '{"ignorePaths": ["**/utils/**", "utils'),
    ],
)  # fmt: skip
def test_renovate_follows(before: str, after: str) -> None:
    assert followed("renovate.json", before, MOVES, STAYS) == (after, [])
