"""Strings of a Jenkins pipeline that are commands, folders and paths follow."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
}
STAYS = (
    "__legacy/x.py",
    "config/a.yaml",
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sh 'python utils/load.py'", "sh 'python -m pkg.utils.load'"),
        ('sh "python utils/load.py ${X}"', 'sh "python -m pkg.utils.load ${X}"'),
        ("sh '''\n  cd sql\n  cat x.sql\n'''", "sh '''\n  cd src/pkg/sql\n  cat x.sql\n'''"),
        ('sh """cat sql/x.sql"""', 'sh """cat src/pkg/sql/x.sql"""'),
        ("x = sh(script: 'cat sql/x.sql', returnStdout: true)",
         "x = sh(script: 'cat src/pkg/sql/x.sql', returnStdout: true)"),
        ("sh label: 'sql/x.sql', script: 'cat sql/x.sql'",
         "sh label: 'sql/x.sql', script: 'cat src/pkg/sql/x.sql'"),
        ("bat 'python utils\\load.py'", "bat 'python -m pkg.utils.load'"),
        ("dir('sql') { sh 'cat x.sql' }\nsh 'cat sql/x.sql'",
         "dir('src/pkg/sql') { sh 'cat x.sql' }\nsh 'cat src/pkg/sql/x.sql'"),
        ("dir('config') { sh 'cat ../sql/x.sql' }",
         "dir('config') { sh 'cat ../src/pkg/sql/x.sql' }"),
        ("agent { dockerfile { dir 'sql' } }\nstage { sh 'cat sql/x.sql' }",
         "agent { dockerfile { dir 'src/pkg/sql' } }\nstage { sh 'cat src/pkg/sql/x.sql' }"),
        ("when { changeset 'utils/**' }", "when { changeset 'src/pkg/utils/**' }"),
        ("stash includes: 'tasks/**,config/**', name: 'tasks'",
         "stash includes: '__legacy/tasks/**,src/pkg/run.py,config/**', name: 'tasks'"),
        ("def q = readFile 'sql/x.sql'", "def q = readFile 'src/pkg/sql/x.sql'"),
    ],
)  # fmt: skip
def test_a_step_follows(before: str, after: str) -> None:
    assert followed("Jenkinsfile", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "// sh 'cat sql/x.sql'",
        "/* sh 'cat sql/x.sql' */ echo 'sql'",
        "echo 'sql/x.sql'",
        "sh 'echo sql/x.sql'",
        "stage('sql') { }",
        "environment { STAGE = 'utils' }",
        "sh 'cat config/a.yaml'",
        "/* " * 1000,
        "'''" + "'" * 1000,
        '"' * 1001 + "{" * 1000,
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    after, _ = followed("Jenkinsfile", text, MOVES, STAYS)
    assert after == text
