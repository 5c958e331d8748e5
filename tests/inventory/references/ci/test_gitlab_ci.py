"""Jobs of GitLab name scripts, caches, artifacts, changed files and included files."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/requirements.txt": "src/pkg/utils/requirements.txt",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "etl/ci.yml": "src/pkg/etl/ci.yml",
}
STAYS = ("__legacy/x.py", "config/a.yaml", "docs/a.md")
FILE = ".gitlab-ci.yml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {script: python utils/load.py}", "a: {script: python -m pkg.utils.load}"),
        ("a:\n  script:\n  - cd sql\n  - cat x.sql\n  - 'cat ../config/a.yaml'",
         "a:\n  script:\n  - cd src/pkg/sql\n  - cat x.sql\n  - 'cat ../../../config/a.yaml'"),
        ("a:\n  before_script: [cd sql]\n  script: [cat x.sql]\n  after_script: [cat sql/x.sql]",
         "a:\n  before_script: [cd src/pkg/sql]\n  script: [cat x.sql]\n"
         "  after_script: [cat src/pkg/sql/x.sql]"),
        ("default:\n  before_script: [cd config]\na:\n  script: [cat ../sql/x.sql]",
         "default:\n  before_script: [cd config]\na:\n  script: [cat ../src/pkg/sql/x.sql]"),
        (".t:\n  before_script: [cd config]\na:\n  extends: [.t]\n  script: [cat ../sql/x.sql]",
         ".t:\n  before_script: [cd config]\na:\n  extends: [.t]\n"
         "  script: [cat ../src/pkg/sql/x.sql]"),
        (".s: &s\n  - cat sql/x.sql\na:\n  script:\n  - *s\n  - |\n    python utils/load.py",
         ".s: &s\n  - cat src/pkg/sql/x.sql\na:\n  script:\n  - *s\n  - |\n"
         "    python -m pkg.utils.load"),
        ("a:\n  cache:\n    key: {files: [utils/requirements.txt]}\n    paths: [sql/]",
         "a:\n  cache:\n    key: {files: [src/pkg/utils/requirements.txt]}\n"
         "    paths: [src/pkg/sql/]"),
        ("a:\n  cache:\n  - paths:\n    - tasks/**/*.py\n",
         "a:\n  cache:\n  - paths:\n    - __legacy/tasks/**/*.py\n    - src/pkg/run.py\n"),
        ("a:\n  artifacts:\n    paths: [sql/*.sql]\n    reports: {junit: sql/x.sql}",
         "a:\n  artifacts:\n    paths: [src/pkg/sql/*.sql]\n"
         "    reports: {junit: src/pkg/sql/x.sql}"),
        ("a:\n  rules:\n  - changes: [utils/**/*, '*.md']\n  - exists:\n    - sql/x.sql",
         "a:\n  rules:\n  - changes: [src/pkg/utils/**/*, '*.md']\n  - exists:\n"
         "    - src/pkg/sql/x.sql"),
        ("a:\n  rules:\n  - changes:\n      paths:\n      - utils/**\n      compare_to: utils",
         "a:\n  rules:\n  - changes:\n      paths:\n      - src/pkg/utils/**\n"
         "      compare_to: utils"),
        ("a: {only: {changes: [sql/**]}, except: {changes: [utils/*]}}",
         "a: {only: {changes: [src/pkg/sql/**]}, except: {changes: [src/pkg/utils/*]}}"),
        ("include: /etl/ci.yml", "include: /src/pkg/etl/ci.yml"),
        ("include:\n- local: 'etl/*.yml'\n  rules: [{changes: [utils/**]}]",
         "include:\n- local: 'src/pkg/etl/*.yml'\n  rules: [{changes: [src/pkg/utils/**]}]"),
        ("a: {trigger: {include: etl/ci.yml}}", "a: {trigger: {include: src/pkg/etl/ci.yml}}"),
        ("variables: {SQL_DIR: sql}\na: {script: [cat $SQL_DIR/x.sql]}",
         "variables: {SQL_DIR: src/pkg/sql}\na: {script: [cat $SQL_DIR/x.sql]}"),
        ("variables:\n  F: {value: utils/load.py, description: utils/load.py}",
         "variables:\n  F: {value: src/pkg/utils/load.py, description: utils/load.py}"),
        ("a: {script: ['cat $CI_PROJECT_DIR/sql/x.sql']}",
         "a: {script: ['cat $CI_PROJECT_DIR/src/pkg/sql/x.sql']}"),
    ],
)  # fmt: skip
def test_a_job_follows(before: str, after: str) -> None:
    assert followed(FILE, before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "a: {image: org/utils, tags: [utils], stage: sql, needs: [utils]}",
        "include: https://host/etl/ci.yml",
        "include:\n- project: group/etl\n  file: /etl/ci.yml",
        "include: [{project: a/b, local: etl/ci.yml}]",
        "a: {script: [!reference [.sql, script], echo sql/x.sql]}",
        "a: {only: [utils], except: [sql]}",
        "a: {environment: {name: sql}, variables: {STAGE: sql}}",
        "a: {extends: a, script: [ls docs]}",
        ".a: &a {script: &s [*s]}",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    after, about = followed(FILE, text, MOVES, STAYS)
    assert after == text
    assert all("it seems to name" in line for line in about)


def test_a_file_that_the_pipeline_includes_is_one() -> None:
    text = "a: {script: python utils/load.py}\n"
    after = "a: {script: python -m pkg.utils.load}\n"
    assert followed("ci/jobs.yml", text, MOVES, [".gitlab-ci.yml"]) == (after, [])
    assert followed("ci/jobs.yml", text, MOVES, STAYS) == (text, [])
