"""Kestra flows name what their commands run, and what they take along or read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references.data.kestra import read_kestra
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "jobs/nightly/get.py": "src/pkg/nightly/get.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "kestra/_files/etl.py": "src/pkg/etl.py",
    "kestra/_files/q/y.sql": "kestra/_files/sql/y.sql",
    "logging.py": "src/pkg/logging.py",
    "flows/old.yml": "workflows/old.yml",
}
STAYS = ("config/a.yaml", "tasks/notes.txt")
FLOW = """\
id: nightly
namespace: company.team
variables:
  folder: jobs
tasks:
  - id: one
    type: io.kestra.plugin.scripts.python.Commands
    {}
"""


def flow(task: str) -> str:
    return FLOW.format(task.replace("\n", "\n    "))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("commands: [python utils/load.py]", "commands: [python -m pkg.utils.load]"),
        ("commands: python utils/load.py", "commands: python -m pkg.utils.load"),
        ("commands:\n  - python utils/load.py --all  # one\n  - cat sql/x.sql",
         "commands:\n  - python -m pkg.utils.load --all  # one\n  - cat src/pkg/sql/x.sql"),
        ("commands:\n  - 'python utils/load.py'\n  - \"cat sql/x.sql\"",
         "commands:\n  - 'python -m pkg.utils.load'\n  - \"cat src/pkg/sql/x.sql\""),
        ("commands:\n  - |\n    echo a\n    python utils/load.py",
         "commands:\n  - |\n    echo a\n    python -m pkg.utils.load"),
        ("commands:\n  - >-\n    python\n    utils/load.py",
         "commands:\n  - >-\n    python\n    -m pkg.utils.load"),
        ("commands:\n  - cd utils\n  - python load.py",
         "commands:\n  - cd src/pkg/utils\n  - python -m pkg.utils.load"),
        ("beforeCommands: [cd utils]\ncommands: [cat db.py]",
         "beforeCommands: [cd src/pkg/utils]\ncommands: [cat db.py]"),
        ("commands: ['python jobs/{{ flow.id }}/get.py']",
         "commands: ['python -m pkg.nightly.get']"),
        ("commands: ['python jobs/{{flow.id}}/get.py']", "commands: ['python -m pkg.nightly.get']"),
        ("commands: ['cat {{ vars.folder }}/{{ flow.id }}/get.py']",
         "commands: ['cat src/pkg/nightly/get.py']"),
        ("commands: ['cat {{ workingDir }}/sql/x.sql']",
         "commands: ['cat {{ workingDir }}/src/pkg/sql/x.sql']"),
        ("commands: ['ls sql/{{ inputs.name }}.sql']",
         "commands: ['ls src/pkg/sql/{{ inputs.name }}.sql']"),
        ("namespaceFiles:\n  include:\n    - utils/**\n    - jobs/{{flow.id}}/*.py",
         "namespaceFiles:\n  include:\n    - src/pkg/utils/**\n    - src/pkg/nightly/*.py"),
        ("namespaceFiles: {include: [utils/load.py, 'sql/x.sql']}",
         "namespaceFiles: {include: [src/pkg/utils/load.py, 'src/pkg/sql/x.sql']}"),
        ("inputFiles:\n  q.sql: \"{{ read('sql/x.sql') }}\"",
         "inputFiles:\n  q.sql: \"{{ read('src/pkg/sql/x.sql') }}\""),
        ("sql: '{{ render(read(\"sql/x.sql\")) }}'",
         "sql: '{{ render(read(\"src/pkg/sql/x.sql\")) }}'"),
        ("script: |\n  from utils.load import main\n  main()",
         "script: |\n  from pkg.utils.load import main\n  main()"),
    ],
)  # fmt: skip
def test_a_task_follows(before: str, after: str) -> None:
    assert followed("pipelines/a.yml", flow(before), MOVES, STAYS) == (flow(after), [])


@pytest.mark.parametrize(
    "task",
    [
        "commands: [python config/a.yaml]",
        "commands: ['echo python utils/load.py']",
        "commands: [python /app/utils/nothing.py]",
        "commands: [echo /app/utils/load.py]",
        "commands: ['python {{ inputs.folder }}/load.py']",
        "description: python utils/load.py",
        "outputFiles: [utils/load.py]",
        "message: utils/load.py",
        "inputFiles:\n  utils/load.py: print(1)\ncommands:\n  - python utils/load.py",
        "script: |\n  name = 'utils/load.py'\n  import utils.load",
        "script: |\n  from logging import getLogger\n  import logging as l",
        "script: |\n  not python: from utils.load import main",
        "namespaceFiles: {include: ['**', '*.py']}",
        "env: {TABLE: utils}",
    ],
)
def test_what_names_nothing_that_moved_is_left(task: str) -> None:
    assert followed("pipelines/a.yml", flow(task), MOVES, STAYS) == (flow(task), [])


def test_a_file_that_is_no_flow_is_left() -> None:
    text = "id: a\ncommands:\n  - python utils/load.py\n"
    assert followed("pipelines/a.yml", text, MOVES, STAYS) == (text, [])


def test_a_flow_that_moves_still_counts_from_the_root() -> None:
    text = flow("commands: [cat sql/x.sql config/a.yaml]")
    moves = {**MOVES, "flows/a.yml": "workflows/a.yml"}
    after = flow("commands: [cat src/pkg/sql/x.sql config/a.yaml]")
    assert followed("flows/a.yml", text, moves, STAYS) == (after, [])


def test_a_path_in_a_container_is_reported() -> None:
    text = flow("commands: [python /app/utils/load.py]")
    message = (
        '8: "/app/utils/load.py" names utils/load.py, and the container that it is read in has to '
        "have it at its new place"
    )
    assert followed("pipelines/a.yml", text, MOVES, STAYS) == (text, [message])


def test_a_path_that_compose_mounts_stays() -> None:
    text = flow("commands: [python /app/utils/load.py]")
    tree = Tree.of(
        {
            "a.yml": text,
            "utils/load.py": "",
            "compose.yml": "services:\n  kestra:\n    volumes:\n      - ./utils:/app/utils:ro\n",
        }
    )
    assert list(read_kestra(text, "a.yml", tree)) == []


def test_commands_of_powershell_follow() -> None:
    text = flow("commands: [python .\\utils\\load.py]").replace(
        "python.Commands", "powershell.Commands"
    )
    after = text.replace(".\\utils\\load.py", "-m pkg.utils.load")
    assert followed("pipelines/a.yml", text, MOVES, STAYS) == (after, [])


def test_namespace_files_may_be_those_of_one_folder() -> None:
    text = flow("commands: [python etl.py]\nsql: \"{{ read('q/y.sql') }}\"")
    after, about = followed("kestra/flows/a.yml", text, MOVES, STAYS)
    assert after == text.replace("q/y.sql", "sql/y.sql")
    assert about == ['8: "etl.py" names kestra/_files/etl.py, which is now src/pkg/etl.py, '
                     "out of reach from here"]  # fmt: skip


def test_a_repository_is_cloned_into_a_folder() -> None:
    text = """\
id: cloned
namespace: a.b
tasks:
  - id: dir
    type: io.kestra.plugin.core.flow.WorkingDirectory
    tasks:
      - {id: clone, type: io.kestra.plugin.git.Clone, url: u, directory: repo}
      - id: run
        type: io.kestra.plugin.scripts.shell.Commands
        commands:
          - cat repo/sql/x.sql utils/load.py
          - cd repo && python utils/load.py
"""
    after = text.replace("repo/sql/x.sql", "repo/src/pkg/sql/x.sql")
    after = after.replace("python utils/load.py", "python -m pkg.utils.load")
    assert followed("pipelines/a.yml", text, MOVES, STAYS) == (after, [])


def test_folders_that_are_synchronised_follow() -> None:
    text = """\
id: sync
namespace: system
tasks:
  - {id: a, type: io.kestra.plugin.git.SyncFlows, gitDirectory: flows}
  - {id: b, type: io.kestra.plugin.git.SyncNamespaceFiles, gitDirectory: kestra/_files}
"""
    after, _ = followed("pipelines/a.yml", text, MOVES, STAYS)
    assert after == text.replace("gitDirectory: flows", "gitDirectory: workflows")


def test_line_ends_and_a_mark_of_byte_order_stay() -> None:
    text = "\ufeff" + flow("commands:\n  - python utils/load.py\n  - ls").replace("\n", "\r\n")
    after = text.replace("utils/load.py", "-m pkg.utils.load")
    assert followed("pipelines/a.yml", text, MOVES, STAYS) == (after, [])


@given(st.text(alphabet="{}|>-'\":/ \n\t#&*python utils.load"))
def test_any_text_is_read(task: str) -> None:
    """Reading never raises, and every reference is what stands there."""
    text = FLOW.format(task)
    tree = Tree.of({"utils/load.py": "", "a.yml": text})
    for found in read_kestra(text, "a.yml", tree):
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "task",
    [
        "commands: &c\n  - python utils/load.py\nerrors:\n  commands: *c",
        "commands: !!seq [ ! 'python utils/load.py' ]",
        "? commands\n: - python utils/load.py",
        "commands:\n- >\n  python\n  utils/load.py\n\n- ls",
        'commands: ["python\\\n  \\ utils/load.py"]',
        "commands:\n  - 'python utils/load.py --name ''a b'''",
        "commands: |2-\n    python utils/load.py",
        "values:\n  commands: [python utils/load.py]",
        "tasks:\n  - {type: io.kestra.plugin.scripts.shell.Script, script: python utils/load.py}",
        "commands: ['{{ inputs.debug ? \"python\" : \"\" }} && python utils/load.py']",
        "commands: [\"{% if x %}python utils/load.py{% endif %}\"]",
    ],
)  # fmt: skip
def test_unusual_yaml_is_read(task: str) -> None:
    after, _ = followed("pipelines/a.yml", flow(task), MOVES, STAYS)
    assert after == flow(task).replace("utils/load.py", "-m pkg.utils.load")
