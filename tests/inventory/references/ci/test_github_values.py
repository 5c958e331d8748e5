"""Values of workflows that are written in a way of their own follow."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {"web/a.py": "src/pkg/web/a.py", "sql/x.sql": "src/pkg/sql/x.sql"}
FILE = ".github/workflows/ci.yml"
STEP = "jobs:\n  a:\n    steps:\n    - "


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("jobs: {a: {container: {image: x, volumes: ['./sql:/init:ro', 'sql:/data']}}}",
         "jobs: {a: {container: {image: x, volumes: ['./src/pkg/sql:/init:ro', 'sql:/data']}}}"),
        ("jobs:\n  a:\n    services:\n      db:\n        volumes:\n"
         "        - ${{ github.workspace }}/sql:/init\n",
         "jobs:\n  a:\n    services:\n      db:\n        volumes:\n"
         "        - ${{ github.workspace }}/src/pkg/sql:/init\n"),
        (STEP + "run: echo \"QUERY=sql/x.sql\" >> $GITHUB_ENV",
         STEP + "run: echo \"QUERY=src/pkg/sql/x.sql\" >> $GITHUB_ENV"),
        (STEP + "run: |\n        ls\n        echo q=sql/x.sql >> \"$GITHUB_OUTPUT\"\n",
         STEP + "run: |\n        ls\n        echo q=src/pkg/sql/x.sql >> \"$GITHUB_OUTPUT\"\n"),
        (STEP + "uses: docker/build-push-action@v6\n"
         "      with: {context: '{{defaultContext}}:web'}",
         STEP + "uses: docker/build-push-action@v6\n"
         "      with: {context: '{{defaultContext}}:src/pkg/web'}"),
        (STEP + "uses: actions/checkout@v4\n      with:\n        sparse-checkout: |\n"
         "          web\n          .github\n",
         STEP + "uses: actions/checkout@v4\n      with:\n        sparse-checkout: |\n"
         "          src/pkg/web\n          .github\n"),
    ],
)  # fmt: skip
def test_a_value_follows(before: str, after: str) -> None:
    assert followed(FILE, before, MOVES) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "jobs: {a: {container: {image: x, volumes: ['data:/data', '/srv/sql:/sql']}}}",
        STEP + "run: echo stage=web >> $GITHUB_ENV",
        STEP + "uses: actions/checkout@v4\n      with: {repository: a/b, sparse-checkout: web}",
        STEP + "uses: a/b@v1\n      with: {context: '{{other}}:web'}",
    ],
)
def test_what_names_nothing_of_ours_is_left(text: str) -> None:
    assert followed(FILE, text, MOVES) == (text, [])


def test_what_a_script_only_prints_is_left() -> None:
    text = STEP + "run: echo QUERY=sql/x.sql"
    assert followed(FILE, text, MOVES)[0] == text


@pytest.mark.parametrize("mark", ["${{", "${{ a }}", ":", "{{", "$", "x", "a,", "$(", " "])
def test_long_values_are_read_in_time(mark: str) -> None:
    value = mark * (20_000 // len(mark))
    text = (
        f"jobs: {{a: {{container: {{volumes: ['{value}']}}, steps: [{{run: '{value}', uses: a/b,"
        f" with: {{path: '{value}', context: '{value}'}}}}]}}}}"
    )
    assert followed(FILE, text, MOVES) == (text, [])
