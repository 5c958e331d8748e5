"""Compose files name what services are built from, mount, read and run."""

from __future__ import annotations

import textwrap

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "main.py": "src/pkg/main.py",
    "api/app.py": "src/pkg/api/app.py",
    "api/Dockerfile": "src/pkg/api/Dockerfile",
    "api/api.env": "src/pkg/api/api.env",
}
STAYS = ("config/a.yaml", "tasks/notes.txt", "requirements.txt", "start.sh")
IMAGE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"


def follow(text: str, path: str = "docker-compose.yml") -> tuple[str, list[str]]:
    return followed(path, text, MOVES, STAYS)


def service_of(body: str) -> tuple[str, list[str]]:
    """Return what becomes of the lines of a service that mounts the repository at ``/app``."""
    head = "services:\n  app:\n    image: python:3.12\n    working_dir: /app\n"
    head += "    volumes:\n      - .:/app\n"
    after, about = follow(head + textwrap.indent(body, "    "))
    assert after.startswith(head)
    return textwrap.dedent(after[len(head) :]), about


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("build: ./api", "build: ./src/pkg/api"),
        ("build: api/", "build: src/pkg/api/"),
        ('build: {context: "./api", dockerfile: Dockerfile}',
         'build: {context: "./src/pkg/api", dockerfile: Dockerfile}'),
        ("build:\n  context: .\n  dockerfile: api/Dockerfile",
         "build:\n  context: .\n  dockerfile: src/pkg/api/Dockerfile"),
        ("build:\n  context: .\n  additional_contexts:\n    tools: ./utils\n    base: docker-image://api",
         "build:\n  context: .\n  additional_contexts:\n    tools: ./src/pkg/utils\n    base: docker-image://api"),
        ("build:\n  context: .\n  additional_contexts:\n    - tools=./utils",
         "build:\n  context: .\n  additional_contexts:\n    - tools=./src/pkg/utils"),
        ("env_file: api/api.env", "env_file: src/pkg/api/api.env"),
        ("env_file:\n  - ./api/api.env\n  - .env",
         "env_file:\n  - ./src/pkg/api/api.env\n  - .env"),
        ("env_file:\n  - path: api/api.env\n    required: false",
         "env_file:\n  - path: src/pkg/api/api.env\n    required: false"),
        ("extends:\n  file: api/api.env\n  service: x",
         "extends:\n  file: src/pkg/api/api.env\n  service: x"),
        ("develop:\n  watch:\n    - path: ./utils\n      target: /app/utils\n      action: sync",
         "develop:\n  watch:\n    - path: ./src/pkg/utils\n      target: /app/src/pkg/utils\n"
         "      action: sync"),
        ("environment:\n  SQL_DIR: /app/sql\n  MODE: utils",
         "environment:\n  SQL_DIR: /app/src/pkg/sql\n  MODE: utils"),
        ("environment:\n  - SQL_DIR=/app/sql", "environment:\n  - SQL_DIR=/app/src/pkg/sql"),
    ],
)  # fmt: skip
def test_what_a_service_is_made_of_follows(before: str, after: str) -> None:
    assert service_of(before) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("command: python utils/load.py", "command: python -m pkg.utils.load"),
        ("command: python /app/utils/load.py --all", "command: python -m pkg.utils.load --all"),
        ('command: "python utils/load.py"', 'command: "python -m pkg.utils.load"'),
        ("command: ['python', 'utils/load.py']", "command: ['python', '-m', 'pkg.utils.load']"),
        ("command: [python, utils/load.py, --all]", "command: [python, -m, pkg.utils.load, --all]"),
        ("command:\n  - python\n  - utils/load.py\n  - --all",
         "command:\n  - python\n  - -m\n  - pkg.utils.load\n  - --all"),
        ("command: |\n  pip list\n  python utils/load.py",
         "command: |\n  pip list\n  python -m pkg.utils.load"),
        ("command: >\n  python\n  utils/load.py\n  --all",
         "command: >\n  python\n  -m pkg.utils.load\n  --all"),
        ("command: uvicorn api.app:app --reload", "command: uvicorn pkg.api.app:app --reload"),
        ("command: [uvicorn, 'api.app:app']", "command: [uvicorn, 'pkg.api.app:app']"),
        ("entrypoint: python\ncommand: main.py", "entrypoint: python\ncommand: -m pkg.main"),
        ("entrypoint: [python, -u]\ncommand: [main.py]",
         "entrypoint: [python, -u]\ncommand: [-m, pkg.main]"),
        ("entrypoint: ./utils/load.py", "entrypoint: ./src/pkg/utils/load.py"),
        ("working_dir: /app/utils\ncommand: cat db.py",
         "working_dir: /app/src/pkg/utils\ncommand: cat db.py"),
        ("healthcheck:\n  test: python utils/load.py",
         "healthcheck:\n  test: python -m pkg.utils.load"),
        ('healthcheck:\n  test: ["CMD", "python", "utils/load.py"]',
         'healthcheck:\n  test: ["CMD", "python", "-m", "pkg.utils.load"]'),
        ('healthcheck:\n  test: ["CMD-SHELL", "python utils/load.py || exit 1"]',
         'healthcheck:\n  test: ["CMD-SHELL", "python -m pkg.utils.load || exit 1"]'),
        ("post_start:\n  - command: python main.py",
         "post_start:\n  - command: python -m pkg.main"),
    ],
)  # fmt: skip
def test_what_a_service_runs_follows(before: str, after: str) -> None:
    if before.startswith("working_dir"):
        text = "services:\n  app:\n    volumes: ['.:/app']\n"
        result, about = follow(text + textwrap.indent(before, "    "))
        assert (textwrap.dedent(result[len(text) :]), about) == (after, [])
    else:
        assert service_of(before) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("./utils:/app/utils", "./src/pkg/utils:/app/src/pkg/utils"),
        ("./utils/:/app/utils/:ro", "./src/pkg/utils/:/app/src/pkg/utils/:ro"),
        ('"./utils:/app/utils:z"', '"./src/pkg/utils:/app/src/pkg/utils:z"'),
        ("./utils:/opt/tools", "./src/pkg/utils:/opt/tools"),
        ("./main.py:/app/main.py", "./src/pkg/main.py:/app/src/pkg/main.py"),
        ("${PWD}/utils:/opt/tools", "${PWD}/src/pkg/utils:/opt/tools"),
        ("$PWD/sql:/docker-entrypoint-initdb.d", "$PWD/src/pkg/sql:/docker-entrypoint-initdb.d"),
        ("${SQL:-./sql}:/sql", "${SQL:-./src/pkg/sql}:/sql"),
        ("${ROOT:-.}/sql:/sql", "${ROOT:-.}/src/pkg/sql:/sql"),
        ("{type: bind, source: ./sql, target: /app/sql}",
         "{type: bind, source: ./src/pkg/sql, target: /app/src/pkg/sql}"),
        ("./data:/app/data", "./data:/app/data"),
        ("./data/${STAGE}:/app/data", "./data/${STAGE}:/app/data"),
        ("utils:/app/utils", "utils:/app/utils"),
        ("/srv/utils:/app/utils", "/srv/utils:/app/utils"),
        ("~/utils:/app/other", "~/utils:/app/other"),
        ("{type: volume, source: utils, target: /data}",
         "{type: volume, source: utils, target: /data}"),
        ("/app/node_modules", "/app/node_modules"),
    ],
)  # fmt: skip
def test_a_volume_follows_what_it_mounts(before: str, after: str) -> None:
    text = f"services:\n  app:\n    build: .\n    volumes:\n      - .:/app\n      - {before}\n"
    result, about = follow(text)
    assert result.splitlines()[-1] == f"      - {after}"
    assert all("it seems to name" in message for message in about)


def test_words_are_read_through_volumes_over_the_image() -> None:
    dockerfile = "FROM python:3.12-slim\nCOPY sql /data\nCOPY utils /opt/utils\n"
    text = (
        "services:\n  app:\n    build: .\n    volumes: ['./tasks:/opt/utils']\n"
        "    command: sh -c\n    entrypoint: cat /data/x.sql /opt/utils/run.py\n"
    )
    moves = {**MOVES, "docker/Dockerfile": "docker/Dockerfile"}
    files = {**dict.fromkeys((*moves, *STAYS), ""), "Dockerfile": dockerfile}
    tree = Tree.of({**files, "docker-compose.yml": text})
    named = [r.path for r in read_references("docker-compose.yml", tree)]
    assert named == ["Dockerfile", "tasks", "tasks", "sql/x.sql", "tasks/run.py"]


def test_a_target_follows_where_the_image_has_the_repository() -> None:
    text = "services:\n  app:\n    build: .\n    volumes: ['./utils:/srv/utils', './sql:/sql']\n"
    files = {**dict.fromkeys((*MOVES, *STAYS), ""), "Dockerfile": "FROM a\nCOPY . /srv\n"}
    tree = Tree.of({**files, "docker-compose.yml": text})
    found = read_references("docker-compose.yml", tree)
    assert [(r.text, r.prefix) for r in found if r.prefix] == [("/srv/utils", "/srv/")]


def test_shared_parts_are_read_where_they_are_used() -> None:
    text = (
        "x-code: &code\n  volumes: [./utils:/app/utils]\n  working_dir: /app\n"
        "services:\n  a:\n    <<: *code\n    command: python utils/load.py\n"
        '  b:\n    <<: *code\n    command: ["python", "utils/load.py"]\n'
    )
    after, about = follow(text)
    assert not about
    assert after == text.replace(
        "./utils:/app/utils", "./src/pkg/utils:/app/src/pkg/utils"
    ).replace('utils/load.py"', '-m", "pkg.utils.load"').replace(
        "utils/load.py", "-m pkg.utils.load"
    )


def test_what_stands_beside_services_follows() -> None:
    text = (
        "include:\n  - api/api.env\n  - path: [./api/api.env]\n    project_directory: api\n"
        "configs:\n  a: {file: ./sql/x.sql}\nsecrets:\n  s:\n    file: ./api/api.env\n"
        "  t:\n    file: ./secrets/token.txt\n"
    )
    after, about = follow(text)
    assert not about
    assert after == text.replace("api/api.env", "src/pkg/api/api.env").replace(
        "./sql", "./src/pkg/sql"
    ).replace("directory: api", "directory: src/pkg/api")


def test_a_file_that_moves_keeps_pointing_at_data_that_git_does_not_have() -> None:
    moves = {**MOVES, "deploy/docker-compose.yml": "docker-compose.yml"}
    text = (
        "services:\n  app:\n    build: ..\n    env_file: [.env]\n"
        "    volumes:\n      - ../data:/data\n      - ../utils:/opt/utils\n      - named:/x\n"
    )
    after, about = followed("deploy/docker-compose.yml", text, moves, STAYS)
    assert not about
    assert after == text.replace("..", ".", 1).replace("[.env]", "[deploy/.env]").replace(
        "../data", "./data"
    ).replace("../utils", "./src/pkg/utils")


@pytest.mark.parametrize(
    "body",
    [
        "command: python config/a.yaml",
        "command: echo utils/load.py",
        "command: python /srv/utils/load.py",
        "image: utils/load",
        "container_name: utils",
        "ports: ['8000:8000']",
        "environment: {PYTHONPATH: /app/utils, MODE: utils, URL: 'http://host/utils/load.py'}",
        "networks: [utils]",
        "profiles: [utils, main.py]",
        "depends_on: [utils]",
        "labels: {path: main}",
        "build: https://host/api.git",
        "build: {context: ., target: utils, args: {UTILS: utils}}",
        "env_file: ${ENV_FILE}",
        "command: []",
        "healthcheck: {test: [NONE]}",
        "volumes: utils",
        "extends: utils",
    ],
)
def test_what_names_nothing_that_moved_is_left(body: str) -> None:
    text = "services:\n  app:\n" + textwrap.indent(body, "    ") + "\n"
    assert follow(text)[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "services: [",
        "services:\n  a: *unknown",
        "services:\n  a: &a\n    <<: *a\n    volumes: *a\n",
        "services:\n  a: {extends: {service: b}}\n  b: {extends: {service: a}}\n",
        "- services",
        "services:\n  a:\n    volumes: [[[./utils:/x]]]\n    command: {a: b}\n",
        "\0",
        "services:\n\ta: b",
    ],
)
def test_what_is_no_compose_file_is_left(text: str) -> None:
    assert follow(text)[0] == text


def test_every_byte_outside_stays() -> None:
    text = (
        "\ufeffservices:\r\n  app: # the app\r\n    working_dir: /app\r\n    volumes:\r\n"
        "      - './utils:/app/utils' # ä\r\n    command: [ 'python',  'utils/load.py' ]\r\n"
    )
    after, _ = follow(text)
    assert after == text.replace(
        "./utils:/app/utils", "./src/pkg/utils:/app/src/pkg/utils"
    ).replace("'utils/load.py'", "'-m', 'pkg.utils.load'")


_KEYS = st.sampled_from(
    [
        "services",
        "app",
        "build",
        "context",
        "volumes",
        "command",
        "env_file",
        "extends",
        "file",
        "include",
        "path",
        "environment",
        "healthcheck",
        "test",
        "<<",
        "x-a",
        "working_dir",
        "type",
    ]
)
_VALUES = st.recursive(
    st.sampled_from(
        ["./utils:/app/utils", "utils/load.py", "python utils/load.py", "bind", ".", ""]
    )
    | st.none()
    | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_any_document_is_read(services: object) -> None:
    """Reading never fails, and what is found stands where it is said to."""
    text = yaml.safe_dump({"services": {"app": services, "b": services}, "include": services})
    tree = Tree.of({**dict.fromkeys((*MOVES, *STAYS), ""), "docker-compose.yml": text})
    for reference in read_references("docker-compose.yml", tree):
        assert text[reference.start : reference.end] == reference.text


def test_a_context_that_is_the_own_folder_goes_with_the_file() -> None:
    text = "services:\n  load:\n    build:\n      context: .\n      dockerfile: Dockerfile\n"
    moves = {
        "app/docker-compose.yml": "src/pkg/app/docker-compose.yml",
        "app/Dockerfile": "src/pkg/app/Dockerfile",
    }
    after, about = followed("app/docker-compose.yml", text, moves, ["app/data/rows.csv"])
    assert after == text
    assert about == ['4: "." names app, whose files have different places now']
