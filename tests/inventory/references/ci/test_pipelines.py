"""Pipelines of several services follow, each by its own words."""

from __future__ import annotations

import pytest

from references import followed
from relayout.inventory.references.ci.pipelines import SERVICES, is_pipeline

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
}
STAYS = ("__legacy/x.py", "config/a.yaml", "ci/steps.yml")
FILES = (
    *("azure-pipelines.yml", ".circleci/config.yml", "bitbucket-pipelines.yml", ".travis.yml"),
    *("buildspec.yml", "cloudbuild.yaml", ".drone.yml", "appveyor.yml"),
)
AZURE, CIRCLE, BITBUCKET = FILES[:3]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (AZURE, "steps:\n- script: python utils/load.py",
         "steps:\n- script: python -m pkg.utils.load"),
        (AZURE, "steps:\n- bash: cat x.sql\n  workingDirectory: sql",
         "steps:\n- bash: cat x.sql\n  workingDirectory: src/pkg/sql"),
        (AZURE, "steps:\n- bash: cat x.sql\n  workingDirectory: $(Build.SourcesDirectory)/sql",
         "steps:\n- bash: cat x.sql\n  workingDirectory: $(Build.SourcesDirectory)/src/pkg/sql"),
        (AZURE, "steps:\n- pwsh: python .\\utils\\load.py",
         "steps:\n- pwsh: python -m pkg.utils.load"),
        (AZURE, "steps:\n- task: PythonScript@0\n  inputs: {scriptPath: utils/load.py}",
         "steps:\n- task: PythonScript@0\n  inputs: {scriptPath: src/pkg/utils/load.py}"),
        (AZURE, "trigger:\n  paths:\n    include:\n    - tasks/*\n    exclude: [sql]",
         "trigger:\n  paths:\n    include:\n    - __legacy/tasks/*\n    - src/pkg/run.py\n"
         "    exclude: [src/pkg/sql]"),
        (AZURE, "variables:\n- name: sqlPath\n  value: sql",
         "variables:\n- name: sqlPath\n  value: src/pkg/sql"),
        (CIRCLE, "jobs:\n  a:\n    docker: [{image: utils}]\n    working_directory: ~/repo\n"
         "    steps:\n    - run: python utils/load.py",
         "jobs:\n  a:\n    docker: [{image: utils}]\n    working_directory: ~/repo\n"
         "    steps:\n    - run: python -m pkg.utils.load"),
        (CIRCLE, "jobs: {a: {steps: [{run: {command: cat x.sql, working_directory: sql}}]}}",
         "jobs: {a: {steps: [{run: {command: cat x.sql, working_directory: src/pkg/sql}}]}}"),
        (CIRCLE, "a:\n- restore_cache:\n    key: v1-{{ checksum \"sql/x.sql\" }}\n",
         "a:\n- restore_cache:\n    key: v1-{{ checksum \"src/pkg/sql/x.sql\" }}\n"),
        (CIRCLE, "a: [{store_artifacts: {path: sql}}]",
         "a: [{store_artifacts: {path: src/pkg/sql}}]"),
        (BITBUCKET,
         "pipelines:\n  default:\n  - step:\n      script:\n      - cd sql\n      - cat x.sql",
         "pipelines:\n  default:\n  - step:\n      script:\n      - cd src/pkg/sql\n"
         "      - cat x.sql"),
        (BITBUCKET, "a: [{step: {condition: {changesets: {includePaths: [utils/**]}}}}]",
         "a: [{step: {condition: {changesets: {includePaths: [src/pkg/utils/**]}}}}]"),
        (".travis.yml", "script:\n- python utils/load.py", "script:\n- python -m pkg.utils.load"),
        ("buildspec.yml",
         "phases: {build: {commands: [cat sql/x.sql]}}\nartifacts: {files: [sql/*]}",
         "phases: {build: {commands: [cat src/pkg/sql/x.sql]}}\n"
         "artifacts: {files: [src/pkg/sql/*]}"),
        ("cloudbuild.yaml", "steps:\n- entrypoint: bash\n  args: ['-c', 'python utils/load.py']",
         "steps:\n- entrypoint: bash\n  args: ['-c', 'python -m pkg.utils.load']"),
        ("cloudbuild.yaml", "steps: [{dir: sql, args: [./x.sql, ../config/a.yaml, sql]}]",
         "steps: [{dir: src/pkg/sql, args: [./x.sql, ../../../config/a.yaml, sql]}]"),
        ("web-cloudbuild.yml",
         "steps: [{name: gcr.io/cloud-builders/docker, args: ['build', '-t', 'sql', 'sql']}]",
         "steps: [{name: gcr.io/cloud-builders/docker, "
         "args: ['build', '-t', 'sql', 'src/pkg/sql']}]"),
        ("cloudbuild.yaml", "steps: [{name: 'python:3.12', args: ['python', 'utils/load.py']}]",
         "steps: [{name: 'python:3.12', args: ['python', '-m', 'pkg.utils.load']}]"),
        (".drone.yml", "steps: [{commands: [python utils/load.py]}]",
         "steps: [{commands: [python -m pkg.utils.load]}]"),
    ],
)  # fmt: skip
def test_a_pipeline_follows(path: str, before: str, after: str) -> None:
    assert followed(path, before, MOVES, STAYS) == (after, [])


def test_a_template_counts_from_the_file_that_uses_it() -> None:
    text = "steps:\n- template: steps.yml\n- template: /sql/x.sql\n- template: ../sql/x.sql\n"
    moves = {**MOVES, "ci/azure-pipelines.yml": "deploy/ci/azure-pipelines.yml"}
    after, about = followed("ci/azure-pipelines.yml", text, moves, STAYS)
    assert not about
    assert after == (
        "steps:\n- template: ../../ci/steps.yml\n- template: /src/pkg/sql/x.sql\n"
        "- template: ../../src/pkg/sql/x.sql\n"
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (AZURE, "trigger: {branches: {include: [utils/*, sql]}}"),
        (AZURE, "steps: [{task: Docker@2, displayName: sql/x.sql, inputs: {repository: sql}}]"),
        (AZURE, "pool: {name: sql}"),
        (CIRCLE, "jobs: {sql: {steps: [checkout]}}\nworkflows: {sql: {jobs: [sql, utils]}}"),
        (CIRCLE, "jobs: {a: {environment: {IMAGE_NAME: utils/load.py}}}"),
        (BITBUCKET, "image: org/sql\npipelines: {branches: {utils/*: [{step: {name: sql}}]}}"),
        (".travis.yml", "branches: {only: [sql]}"),
        ("cloudbuild.yaml", "images: [gcr.io/x/sql]\nsteps: [{name: sql, args: [sql]}]"),
        ("buildspec.yml", "env: {variables: {STAGE: sql}}"),
    ],
)
def test_what_names_nothing_that_moved_is_left(path: str, text: str) -> None:
    after, about = followed(path, text, MOVES, STAYS)
    assert after == text
    assert all("it seems to name" in line for line in about)


@pytest.mark.parametrize("text", ["", "[", "a: &a [*a]", "script: {script: {script: 1}}", "\0"])
def test_no_text_is_too_strange(text: str) -> None:
    for path in FILES:
        assert is_pipeline(path)
        assert followed(path, text, MOVES, STAYS) == (text, [])


def test_every_service_has_a_file_here() -> None:
    assert all(any(service.file.fullmatch(path) for path in FILES) for service in SERVICES)
