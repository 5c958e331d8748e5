"""CI and other YAML: environments, commands, working folders."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import configuration, entries, started

WORKFLOW = ".github/workflows/ci.yml"
MAIN = "services/orders/app/main.py"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (WORKFLOW, "env:\n  PYTHONPATH: ${{ github.workspace }}/lib\n", [(2, ("lib",), "")]),
        (WORKFLOW, "env:\n  PYTHONPATH: .:lib\n", [(2, ("", "lib"), "")]),
        (WORKFLOW, "env: {LIB: lib, PYTHONPATH: '${{ env.LIB }}'}\n", [(1, ("lib",), "")]),
        (WORKFLOW, "env: {PYTHONPATH: '${{ inputs.where }}'}\n", [(1, None, "")]),
        (
            WORKFLOW,
            "jobs: {a: {env: {PYTHONPATH: lib}, steps: [{run: make}]}}\n",
            [(1, ("lib",), "")],
        ),
        (
            WORKFLOW,
            "jobs:\n  a:\n    steps:\n"
            "    - run: python jobs/load.py\n      env:\n        PYTHONPATH: lib\n",
            [(6, ("lib",), "jobs/load.py")],
        ),
        (
            WORKFLOW,
            "jobs:\n  a:\n    steps:\n"
            "    - run: |\n        echo a\n        export PYTHONPATH=$PWD/lib\n",
            [(6, ("lib",), "")],
        ),
        (
            WORKFLOW,
            'jobs: {a: {steps: [{run: "echo \\"PYTHONPATH=$GITHUB_WORKSPACE/lib\\" '
            '>> $GITHUB_ENV"}]}}\n',
            [(1, ("lib",), "")],
        ),
        (
            WORKFLOW,
            "jobs:\n  a:\n    steps:\n"
            "    - working-directory: services/orders\n      env: {PYTHONPATH: core}\n"
            "      run: make\n",
            [(5, ("services/orders/core",), "services/orders")],
        ),
        (".gitlab-ci.yml", "variables:\n  PYTHONPATH: $CI_PROJECT_DIR/lib\n", [(2, ("lib",), "")]),
        (".gitlab-ci.yml", "a:\n  script:\n    - export PYTHONPATH=lib\n", [(3, ("lib",), "")]),
        (
            "azure-pipelines.yml",
            "variables:\n- name: PYTHONPATH\n  value: $(Build.SourcesDirectory)/lib\n",
            [(2, ("lib",), "")],
        ),
        (
            ".circleci/config.yml",
            "jobs: {a: {environment: {PYTHONPATH: lib}}}\n",
            [(1, ("lib",), "")],
        ),
        ("k8s/job.yaml", "spec: {containers: [{env: [{name: PYTHONPATH, value: /app}]}]}\n", []),
        ("data.yml", "description: PYTHONPATH=lib is not used\n", []),
    ],
)
def test_what_yaml_puts_on_the_search_path(path: str, text: str, expected: list[object]) -> None:
    assert entries(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            WORKFLOW,
            "jobs:\n  a:\n"
            "    defaults: {run: {working-directory: services/orders}}\n"
            "    steps:\n    - run: python -m app.main\n",
            [(5, MAIN, ("services/orders",))],
        ),
        (
            WORKFLOW,
            "jobs:\n  a:\n    steps:\n"
            "    - run: |\n        cd services/orders\n        python -m app.main\n",
            [(6, MAIN, ("services/orders",))],
        ),
        (
            ".gitlab-ci.yml",
            "a:\n  script:\n    - cd services/orders\n    - python app/main.py\n",
            [(4, MAIN, ("services/orders/app",))],
        ),
        (
            "azure-pipelines.yml",
            "steps:\n- script: python -m app.main\n  workingDirectory: services/orders\n",
            [(2, MAIN, ("services/orders",))],
        ),
    ],
)
def test_what_yaml_starts(path: str, text: str, expected: list[object]) -> None:
    assert started(path, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "env: [PYTHONPATH\n",
        "\tPYTHONPATH: x\n",
        "PYTHONPATH",
        "? [PYTHONPATH]\n: x\n",
        "a: &a\n  env: {PYTHONPATH: lib}\n  <<: *a\n",
        "PYTHONPATH: " + "[" * 2000,
        "env:\n  - PYTHONPATH\n  - {name: PYTHONPATH}\n",
    ],
)
def test_malformed_yaml_does_no_harm(text: str) -> None:
    assert isinstance(configuration(WORKFLOW, text).paths, tuple)


def test_aliases_that_unfold_without_end_are_given_up() -> None:
    lines = ["a0: &a0 {PYTHONPATH: lib}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert configuration(WORKFLOW, "\n".join(lines)).paths == ()


def test_a_mapping_that_is_merged_into_itself() -> None:
    text = "env: &e\n  PYTHONPATH: lib\n  <<: [*e, *e]\n"
    assert entries(WORKFLOW, text) == [(2, ("lib",), "")]
