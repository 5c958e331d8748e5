"""Files that are no Python name what went to parts there."""

from __future__ import annotations

import pytest

from conversions.splitting.split_package import JOBS, after, redirection_of, with_edits
from relayout.planning.split import Part, Split

FLOW = (
    "id: watch\nnamespace: app\ntasks:\n  - id: a\n"
    "    type: io.kestra.plugin.scripts.python.Script\n    script: |\n      "
)


@pytest.mark.parametrize(
    ("path", "before", "expected"),
    [
        (
            "pyproject.toml",
            '[project.scripts]\nday = "app.defs.jobs:every_day"\nnight = "app.defs.jobs:nightly"\n',
            '[project.scripts]\nday = "app.defs.jobs_schedules:every_day"\n'
            'night = "app.defs.jobs:nightly"\n',
        ),
        (
            "setup.cfg",
            "[options.entry_points]\nconsole_scripts =\n    file = app.defs.jobs:on_file\n",
            "[options.entry_points]\nconsole_scripts =\n    file = app.defs.jobs_sensors:on_file\n",
        ),
        (
            "setup.py",
            'from setuptools import setup\nsetup(entry_points={"x": '
            '["f=app.defs.jobs:on_file"]})\n',
            'from setuptools import setup\nsetup(entry_points={"x": '
            '["f=app.defs.jobs_sensors:on_file"]})\n',
        ),
        (
            "docker-compose.yml",
            "services:\r\n  web:\r\n    build: .\r\n    command: uvicorn app.defs.jobs:on_file\r\n",
            "services:\r\n  web:\r\n    build: .\r\n"
            "    command: uvicorn app.defs.jobs_sensors:on_file\r\n",
        ),
        (
            "README.md",
            "Run `pytest src/app/defs/jobs.py::on_file`.\n\n::: app.defs.jobs.Watcher\n",
            "Run `pytest src/app/defs/jobs_sensors.py::on_file`.\n\n"
            "::: app.defs.jobs_sensors.Watcher\n",
        ),
        (
            "docs/index.rst",
            ".. autofunction:: app.defs.jobs.on_file\n.. autofunction:: app.defs.jobs.nightly\n",
            ".. autofunction:: app.defs.jobs_sensors.on_file\n"
            ".. autofunction:: app.defs.jobs.nightly\n",
        ),
        (
            "flows/watch.yml",
            f"{FLOW}from app.defs.jobs import on_file, Watcher\n",
            f"{FLOW}from app.defs.jobs_sensors import on_file, Watcher\n",
        ),
    ],
)
def test_names_in_other_files_follow(path: str, before: str, expected: str) -> None:
    assert after({path: before})[path] == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/other.yaml", "a: other.app.defs.jobs.on_file\nb: app.defs.jobs.on_file_2\n"),
        ("config/more.yaml", "jobs:\n  on_file: 1\nb: app.defs.jobs\nc: app.defs.jobs.on-file\n"),
        ("config/host.yaml", "url: x/app.defs.jobs.on_file\nd: app.defs.jobs.on_file-2\n"),
        ("config/any.yaml", "a: app.defs.jobs.on_file\nb: app.defs.jobs:on_file\n"),
        ("prose.md", "What `app.defs.jobs.on_file` does.\n"),
        ("notes.md", "The module `app.defs.jobs` in src/app/defs/jobs.py has on_file.\n"),
        ("data.csv", "app.defs.jobs.on_file\n"),
        (".env", "JOB=app.defs.jobs:on_file\n"),
        (".env.yaml", "job: app.defs.jobs:on_file\n"),
        ("__legacy/old.yaml", "job: app.defs.jobs:on_file\n"),
        ("Makefile", "run:\n\tpython -m app.defs.jobs\n"),
    ],
)
def test_what_only_looks_like_such_names_stays(path: str, text: str) -> None:
    assert redirection_of({path: text}).edits == {}


# -- code locations

LOCATION = "src/app/repo.py"
CODE = """\
from dagster import Definitions, asset


@asset
def orders():
    return 1


defs = Definitions(assets=[orders])
"""
AWAY = Split(LOCATION, "assets", (Part("src/app/repo_definitions.py", "definitions", ("defs",)),))


@pytest.mark.parametrize(
    ("path", "before", "expected"),
    [
        (
            "workspace.yaml",
            "load_from:\n  - python_file: src/app/repo.py\n  - python_module: app.repo\n",
            "load_from:\n  - python_file: src/app/repo_definitions.py\n"
            "  - python_module: app.repo_definitions\n",
        ),
        (
            "workspace.yaml",
            "load_from:\n  - python_module:\n      module_name: app.repo\n      attribute: defs\n",
            "load_from:\n  - python_module:\n      module_name: app.repo_definitions\n"
            "      attribute: defs\n",
        ),
        (
            "workspace.yaml",
            "load_from:\n  - python_file:\n      relative_path: src/app/other.py\n"
            "      attribute: orders\n  - python_file: src/app/repo.py\n",
            "load_from:\n  - python_file:\n      relative_path: src/app/other.py\n"
            "      attribute: orders\n  - python_file: src/app/repo_definitions.py\n",
        ),
        ("dagster.yaml", "run_launcher:\n  module: app.repo\n  class: Launcher\n", ""),
        (
            "Makefile",
            "dev:\n\tdagster dev -f src/app/repo.py -p 3000\n\npack:\n\tpython src/app/repo.py\n",
            "dev:\n\tdagster dev -f src/app/repo_definitions.py -p 3000\n\npack:\n"
            "\tpython src/app/repo.py\n",
        ),
        (
            "run.sh",
            "#!/bin/sh\nexec dagster api grpc -m app.repo -a defs\n",
            "#!/bin/sh\nexec dagster api grpc -m app.repo_definitions -a defs\n",
        ),
        (
            "run.sh",
            "#!/bin/sh\nexec dagster job execute -m app.repo -a orders\n",
            "",
        ),
    ],
)
def test_a_code_location_is_loaded_from_its_definitions(
    path: str, before: str, expected: str
) -> None:
    redirection = redirection_of({LOCATION: CODE, path: before}, AWAY)
    assert redirection.splits == (AWAY,)
    assert with_edits(before, redirection.edits.get(path, ())) == (expected or before)


@pytest.mark.parametrize("name", ["module_name", "code_location_target_module"])
def test_dagsters_tables_in_pyproject_follow(name: str) -> None:
    table = "tool.dagster" if name == "module_name" else "tool.dg.project"
    before = f'[{table}]\n{name} = "app.repo"\n'
    redirection = redirection_of({LOCATION: CODE, "pyproject.toml": before}, AWAY)
    assert with_edits(before, redirection.edits["pyproject.toml"]) == before.replace(
        "app.repo", "app.repo_definitions"
    )


def test_hostile_texts_are_quick() -> None:
    long = "app.defs.jobs." * 50_000 + "\n" + "jobs:" * 50_000
    assert redirection_of({"long.yaml": long, "long.toml": long}).splits[0].path == JOBS


def test_a_command_of_code_that_starts_dagster_follows() -> None:
    code = 'import subprocess\nsubprocess.run(["{}", "dev", "-m", "app.repo{}"])\n'
    dagster, other = "src/app/serve.py", "src/app/run.py"
    files = {LOCATION: CODE, dagster: code.format("dagster", ""), other: code.format("python", "")}
    redirection = redirection_of(files, AWAY)
    assert other not in redirection.edits
    assert with_edits(files[dagster], redirection.edits[dagster]) == code.format(
        "dagster", "_definitions"
    )
