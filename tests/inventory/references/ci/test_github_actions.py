"""Workflows and actions name scripts, folders, path filters and other workflows."""

from __future__ import annotations

import textwrap

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "utils/requirements.txt": "src/pkg/utils/requirements.txt",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "main.py": "src/pkg/main.py",
}
STAYS = (
    "__legacy/x.py",
    "config/a.yaml",
    "docs/utils.md",
    ".github/workflows/other.yml",
    "setup.py",
)
FILE = ".github/workflows/ci.yml"


def in_step(step: str) -> str:
    """Return a workflow with one step, written with the indentation that it needs."""
    lines = textwrap.indent(textwrap.dedent(step).strip(), "        ")
    return f"on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      -{lines[7:]}\n"


def in_push(filters: str) -> str:
    lines = textwrap.indent(textwrap.dedent(filters).strip(), "    ")
    return f"on:\n  push:\n{lines}\njobs: {{}}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("run: python utils/load.py", "run: python -m pkg.utils.load"),
        ("run: 'python utils/load.py'", "run: 'python -m pkg.utils.load'"),
        ('run: "python \\"utils/load.py\\""', 'run: "python \\"src/pkg/utils/load.py\\""'),
        ("run: 'python \"utils/load.py\"'", "run: 'python -m pkg.utils.load'"),
        ("run: |\n  cd utils\n  cat db.py\n", "run: |\n  cd src/pkg/utils\n  cat db.py\n"),
        ("run: >-\n  python\n  utils/load.py\n  --all",
         "run: >-\n  python\n  -m pkg.utils.load\n  --all"),
        ("run: |\n  python \\\n    utils/load.py\n",
         "run: |\n  python \\\n    -m pkg.utils.load\n"),
        ("run: |\n  # python utils/load.py\n  cat sql/x.sql # it",
         "run: |\n  # python utils/load.py\n  cat src/pkg/sql/x.sql # it"),
        ("run: cat x.sql\nworking-directory: sql",
         "run: cat x.sql\nworking-directory: src/pkg/sql"),
        ("run: cat ../config/a.yaml\nworking-directory: ./sql",
         "run: cat ../../../config/a.yaml\nworking-directory: ./src/pkg/sql"),
        ("run: cat x.sql\nworking-directory: ${{ github.workspace }}/sql",
         "run: cat x.sql\nworking-directory: ${{ github.workspace }}/src/pkg/sql"),
        ("run: cat $GITHUB_WORKSPACE/sql/x.sql", "run: cat $GITHUB_WORKSPACE/src/pkg/sql/x.sql"),
        ("run: python .\\utils\\load.py\nshell: pwsh",
         "run: python -m pkg.utils.load\nshell: pwsh"),
        ("run: cat $SQL\nenv:\n  SQL: sql/x.sql", "run: cat $SQL\nenv:\n  SQL: src/pkg/sql/x.sql"),
        ("run: cat x.sql\nenv:\n  SQL_DIR: sql", "run: cat x.sql\nenv:\n  SQL_DIR: src/pkg/sql"),
        ("run: cat ${{ env.SQL_DIR }}/x.sql\nenv: {SQL_DIR: sql}",
         "run: cat ${{ env.SQL_DIR }}/x.sql\nenv: {SQL_DIR: src/pkg/sql}"),
        ("uses: ./utils", "uses: ./src/pkg/utils"),
        ("uses: a/b@v1\nwith:\n  path: sql", "uses: a/b@v1\nwith:\n  path: src/pkg/sql"),
        ("uses: a/b@v1\nwith:\n  path: |\n    sql\n    config/a.yaml\n    !sql/*.log\n",
         "uses: a/b@v1\nwith:\n"
         "  path: |\n    src/pkg/sql\n    config/a.yaml\n    !src/pkg/sql/*.log\n"),
        ("uses: a/b@v1\nwith:\n  args: --config config/a.yaml sql/x.sql,utils/db.py",
         "uses: a/b@v1\nwith:\n"
         "  args: --config config/a.yaml src/pkg/sql/x.sql,src/pkg/utils/db.py"),
        ("uses: docker/build-push-action@v5\nwith:\n"
         "  context: utils\n  tags: org/utils:latest",
         "uses: docker/build-push-action@v5\nwith:\n"
         "  context: src/pkg/utils\n  tags: org/utils:latest"),
        ("uses: a/cache@v4\nwith:\n"
         "  key: pip-${{ hashFiles('utils/requirements.txt', '**/*.lock') }}",
         "uses: a/cache@v4\nwith:\n"
         "  key: pip-${{ hashFiles('src/pkg/utils/requirements.txt', '**/*.lock') }}"),
        ("uses: a/setup-python@v5\nwith:\n  cache-dependency-path: utils/requirements.txt",
         "uses: a/setup-python@v5\nwith:\n  cache-dependency-path: src/pkg/utils/requirements.txt"),
        ("uses: ./.github/actions/run\nwith:\n  script: utils/load.py",
         "uses: ./.github/actions/run\nwith:\n  script: src/pkg/utils/load.py"),
        ("uses: nick-fields/retry@v3\nwith:\n  command: python utils/load.py",
         "uses: nick-fields/retry@v3\nwith:\n  command: python -m pkg.utils.load"),
    ],
)  # fmt: skip
def test_a_step_follows(before: str, after: str) -> None:
    assert followed(FILE, in_step(before), MOVES, STAYS) == (in_step(after), [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("paths:\n- utils/**", "paths:\n- src/pkg/utils/**"),
        ("paths: ['utils/**', \"!sql/**.md\"]",
         "paths: ['src/pkg/utils/**', \"!src/pkg/sql/**.md\"]"),
        ("paths-ignore:\n  - 'sql/x.sql'  # why", "paths-ignore:\n  - 'src/pkg/sql/x.sql'  # why"),
        ("paths:\n  - 'tasks/**'\n  - docs/**",
         "paths:\n  - '__legacy/tasks/**'\n  - 'src/pkg/run.py'\n  - docs/**"),
        ("paths: ['tasks/*.py']", "paths: ['__legacy/tasks/*.py', 'src/pkg/run.py']"),
        ("paths: [\"*.py\"]", "paths: [\"*.py\", \"src/pkg/main.py\"]"),
        ("paths: ['{utils,sql,docs}/**']", "paths: ['{src/pkg/utils,src/pkg/sql,docs}/**']"),
        ("paths: &p\n  - sql/**\npaths-ignore: *p",
         "paths: &p\n  - src/pkg/sql/**\npaths-ignore: *p"),
    ],
)  # fmt: skip
def test_a_path_filter_follows(before: str, after: str) -> None:
    assert followed(FILE, in_push(before), MOVES, STAYS) == (in_push(after), [])


@pytest.mark.parametrize(
    "text",
    [
        in_push("paths: ['**.py', '**/*.sql', docs/**, '.github/workflows/*.yml', '!**/load.py']"),
        in_push("branches: [utils, utils/**]"),
        in_push("tags: ['utils/*']"),
        in_step("run: echo utils/load.py"),
        in_step("name: utils/load.py\nrun: python setup.py"),
        in_step("run: open('utils')\nshell: python"),
        in_step("run: docker push org/utils"),
        in_step("run: git commit -m utils"),
        in_step("uses: utils/load@v1"),
        in_step("uses: ./.github/workflows/other.yml"),
        in_step("uses: a/b@v1\nwith:\n  name: utils\n  python-version: 3.11\n  image: utils"),
        in_step("uses: actions/checkout@v4\nwith:\n  path: utils"),
        in_step("uses: a/ssh@v1\nwith:\n  script: cd /srv && python utils/load.py"),
        in_step("run: x\nenv: {STAGE: utils, URL: 'https://x/utils/load.py'}"),
        in_step("run: cat x.sql\nworking-directory: ${{ inputs.folder }}"),
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    after, about = followed(FILE, text, MOVES, STAYS)
    assert after == text
    assert all("it seems to name utils" in line for line in about)


def test_the_defaults_of_a_job_hold_for_its_steps() -> None:
    text = (
        "defaults: {run: {working-directory: config}}\njobs:\n  a:\n    defaults:\n      run:\n"
        "        working-directory: sql\n    steps:\n    - run: cat x.sql ../utils/db.py\n"
        "    - run: cat a.yaml\n      working-directory: config\n  b:\n    steps:\n"
        "    - run: cat a.yaml ../sql/x.sql\n"
    )
    after, about = followed(FILE, text, MOVES, STAYS)
    assert not about
    assert "working-directory: src/pkg/sql\n" in after
    assert "- run: cat x.sql ../utils/db.py\n" in after
    assert "- run: cat a.yaml ../src/pkg/sql/x.sql\n" in after


def test_a_checkout_in_a_folder_is_where_commands_find_the_repository() -> None:
    text = in_step("uses: actions/checkout@v4\nwith: {path: repo}").rstrip("\n")
    text += "\n      - run: cat sql/x.sql && cd repo && cat sql/x.sql\n"
    after, about = followed(FILE, text, MOVES, STAYS)
    assert after == text.replace("repo && cat sql", "repo && cat src/pkg/sql")
    assert not about


@pytest.mark.parametrize(
    ("values", "use", "after"),
    [
        ("[utils/load.py, tasks/run.py]", "python ${{ matrix.x }}",
         "[src/pkg/utils/load.py, src/pkg/run.py]"),
        ("[utils, sql]", "cd ${{matrix.x}} && ls", "[src/pkg/utils, src/pkg/sql]"),
        ("[utils, sql]", "cat ${{ matrix.x }}/db.py", "[src/pkg/utils, src/pkg/sql]"),
        ("[utils.load, setup]", "python -m ${{ matrix.x }}", "[pkg.utils.load, setup]"),
        ("[utils, sql]", "make ${{ matrix.x }}-test", "[utils, sql]"),
        ("['3.11', utils]", "echo", "['3.11', utils]"),
    ],
)  # fmt: skip
def test_a_matrix_follows_where_its_values_are_paths(values: str, use: str, after: str) -> None:
    matrix = f"strategy:\n      matrix:\n        x: {values}\n"
    text = f"jobs:\n  a:\n    {matrix}    steps:\n    - run: {use}\n"
    assert followed(FILE, text, MOVES, STAYS) == (text.replace(values, after), [])


def test_an_input_that_is_a_path_unless_it_is_said_follows() -> None:
    text = (
        "on:\n  workflow_dispatch:\n    inputs:\n      x: {default: utils/load.py, type: choice,"
        " options: [utils/load.py, utils/db.py, utils]}\n      y: {default: utils}\njobs: {}\n"
    )
    after = text.replace("utils/load.py", "src/pkg/utils/load.py")
    after = after.replace(" utils/db.py", " src/pkg/utils/db.py")
    assert followed(FILE, text, MOVES, STAYS) == (after, [])


def test_a_matrix_value_that_is_more_than_a_path_is_reported() -> None:
    text = (
        "jobs:\n  a:\n    strategy: {matrix: {include: [{x: utils}]}}\n    steps:\n"
        "    - run: cd ${{ matrix.x }} && docker build -t org/${{ matrix.x }} .\n"
    )
    after, about = followed(FILE, text, MOVES, STAYS)
    assert after == text
    assert about == [
        '3: "utils" names utils, but the same value is used as more than a path, or may be'
    ]


def test_filters_are_a_text_of_their_own() -> None:
    before = """
        uses: dorny/paths-filter@v3
        with:
          filters: |
            db: &db
              - 'utils/**'
              - 'tasks/**'
            all: [*db, "sql/**"]
            new:
              - added|modified: 'sql/*.sql'
    """
    after = before.replace("utils/**", "src/pkg/utils/**").replace("sql/*", "src/pkg/sql/*")
    after = after.replace("'tasks/**'", "'__legacy/tasks/**'\n              - 'src/pkg/run.py'")
    assert followed(FILE, in_step(before), MOVES, STAYS) == (in_step(after), [])


def test_an_action_counts_from_its_own_folder() -> None:
    text = (
        "runs:\n  using: composite\n  steps:\n  - run: python ${{ github.action_path }}/load.py\n"
        "    shell: bash\n  - run: cat $GITHUB_ACTION_PATH/../sql/x.sql config/a.yaml\n"
        "    shell: bash\n"
    )
    moves = {**MOVES, "utils/action.yml": "ci/action.yml"}
    after, about = followed("utils/action.yml", text, moves, STAYS)
    assert not about
    assert "run: python -m pkg.utils.load\n" in after
    assert "cat $GITHUB_ACTION_PATH/../src/pkg/sql/x.sql config/a.yaml\n" in after


def test_an_action_names_what_it_starts() -> None:
    text = "runs: {using: docker, image: Dockerfile, entrypoint: /x.sh}\n"
    moves = {
        **MOVES,
        "utils/action.yml": "ci/action.yml",
        "utils/Dockerfile": "ci/docker/Dockerfile",
    }
    after, about = followed("utils/action.yml", text, moves)
    assert (after, about) == (text.replace("image: Dockerfile", "image: docker/Dockerfile"), [])


_WORDS = st.sampled_from(
    ["utils/load.py", "sql", "sql/x.sql", "utils/**", "python utils/load.py", "cd sql", "plain",
     "'q'", '"', "a: b", "# c", "*", "!sql/**", "tasks", "${{ matrix.x }}", "\n", "\\", "{", "- x"]
)  # fmt: skip
_TEXTS = st.lists(_WORDS, max_size=4).map(" ".join)


@given(
    run=_TEXTS,
    path=_TEXTS,
    items=st.lists(_TEXTS, max_size=3),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.booleans(),
)
def test_a_workflow_stays_valid(
    run: str, path: str, items: list[str], style: str | None, flow: bool
) -> None:
    """Law: what was valid is valid after, with the same keys and with lists as long or longer."""
    step = {"run": run, "with": {"path": path}, "working-directory": "sql"}
    whole = {"on": {"push": {"paths": items}}, "jobs": {"a": {"steps": [step], "env": {"X": path}}}}
    text = yaml.safe_dump(whole, default_style=style, default_flow_style=flow, allow_unicode=True)
    after, _ = followed(FILE, text, MOVES, STAYS)
    assert _shape(yaml.safe_load(after)) == _shape(yaml.safe_load(text))


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(inner) for inner in value if not isinstance(inner, str)]
    return type(value)
