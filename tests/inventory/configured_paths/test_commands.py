"""PYTHONPATH in lines of commands, and the programs that they start from whatever folder."""

from __future__ import annotations

import pytest

from inventory.configured_paths.workspace import configuration, entries, started

SCRIPT = 'HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export PYTHONPATH=lib\n", [(1, ("lib",), "")]),
        ("export PYTHONPATH=./lib/:src\n", [(1, ("lib", "src"), "")]),
        ("export PYTHONPATH=.\n", [(1, ("",), "")]),
        ('export PYTHONPATH="$PWD/lib:$PYTHONPATH"\n', [(1, ("lib",), "")]),
        ('export PYTHONPATH="${PYTHONPATH:+$PYTHONPATH:}$(pwd)/lib"\n', [(1, ("lib",), "")]),
        ("export PYTHONPATH=`pwd`/lib\n", [(1, ("lib",), "")]),
        (
            "export PYTHONPATH=${PYTHONPATH}:$(git rev-parse --show-toplevel)/lib\n",
            [(1, ("lib",), "")],
        ),
        ("export PYTHONPATH=$(dirname $(realpath $0))/lib\n", [(1, ("lib",), "")]),
        ("PYTHONPATH=lib\nexport PYTHONPATH\n", [(1, ("lib",), "")]),
        ("LIB=lib\nexport A=1 PYTHONPATH=$LIB\n", [(2, ("lib",), "")]),
        ("export PYTHONPATH=${LIB:-lib}\n", [(1, ("lib",), "")]),
        ("cd services/orders\nexport PYTHONPATH=core\n", [(2, ("services/orders/core",), "")]),
        ("cd $UNKNOWN\nexport PYTHONPATH=core\n", [(2, None, "")]),
        ("export PYTHONPATH=$UNKNOWN/lib\n", [(1, None, "")]),
        ("export PYTHONPATH=$UNKNOWN/lib:lib\n", [(1, ("lib",), "")]),
        ("export PYTHONPATH=$(find . -name lib)\n", [(1, None, "")]),
        ("export PYTHONPATH=/opt/spark/python:~/mine\n", []),
        ("export PYTHONPATH=../elsewhere\n", []),
        ("export PYTHONPATH=\n", []),
        ("unset PYTHONPATH\n", []),
        ("# export PYTHONPATH=lib\n", []),
        ("export PYTHONPATH_OLD=lib\n", []),
        ("PYTHONPATH=lib python jobs/load.py\n", [(1, ("lib",), "jobs/load.py")]),
        ("env A=1 PYTHONPATH=lib python -u jobs/load.py\n", [(1, ("lib",), "jobs/load.py")]),
        ("PYTHONPATH=lib \\\n  python jobs/load.py\n", [(1, ("lib",), "jobs/load.py")]),
        ("PYTHONPATH=lib python -c 'import rates'\n", [(1, ("lib",), "")]),
        ("if true; then export PYTHONPATH=lib; fi\n", [(1, ("lib",), "")]),
    ],
)
def test_what_a_script_puts_on_the_search_path(text: str, expected: list[object]) -> None:
    assert entries("run.sh", text) == expected


def test_a_script_knows_its_own_folder() -> None:
    text = SCRIPT + 'export PYTHONPATH="$HERE/lib"\npython "$HERE/jobs/load.py"\n'
    assert entries("scripts/run.sh", text) == [(2, ("lib",), "")]
    assert started("scripts/run.sh", text) == [(3, "jobs/load.py", ("jobs",))]


def test_what_a_script_names_tells_where_it_is_started() -> None:
    assert entries("jobs/run.sh", "export PYTHONPATH=../lib\n") == [(1, ("lib",), "jobs")]
    assert entries("jobs/run.sh", "export PYTHONPATH=lib\n") == [(1, ("lib",), "jobs")]


def test_an_exported_path_also_counts_for_what_the_script_starts_elsewhere() -> None:
    text = "export PYTHONPATH=lib\npython services/orders/app/main.py\n"
    assert entries("jobs/run.sh", text) == [
        (1, ("lib",), "jobs"),
        (1, ("lib",), "services/orders/app/main.py"),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("run.bat", "@echo off\r\nset PYTHONPATH=%CD%\\lib;%PYTHONPATH%\r\n"),
        ("run.cmd", '\nset "PYTHONPATH=%~dp0lib"\n'),
        ("run.ps1", '\n$env:PYTHONPATH = "$PSScriptRoot\\lib;$env:PYTHONPATH"\n'),
        ("run.ps1", "\n$Env:PYTHONPATH='C:\\tools;.\\lib'\n"),
    ],
)
def test_windows(path: str, text: str) -> None:
    assert entries(path, text) == [(2, ("lib",), "")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("python jobs/load.py", [("jobs/load.py", ("jobs",))]),
        ("cd jobs && python load.py", [("jobs/load.py", ("jobs",))]),
        ("cd jobs || exit 1; python3.12 -u ./load.py", [("jobs/load.py", ("jobs",))]),
        ("pushd jobs; popd; python load.py", []),
        ("(cd jobs && ls); python jobs/load.py", [("jobs/load.py", ("jobs",))]),
        (
            "cd services/orders; python -m app.main",
            [("services/orders/app/main.py", ("services/orders",))],
        ),
        ("python -m jobs.load", [("jobs/load.py", ("",))]),
        ("python -m tool", [("tool/__main__.py", ("",))]),
        ("python tool --all", [("tool/__main__.py", ("tool",))]),
        ("python -W ignore -m coverage run jobs/load.py", [("jobs/load.py", ("jobs",))]),
        ("uv run python jobs/load.py", [("jobs/load.py", ("jobs",))]),
        ("uv run jobs/load.py", [("jobs/load.py", ("jobs",))]),
        ("nohup $PYTHON jobs/load.py > log 2>&1 &", [("jobs/load.py", ("jobs",))]),
        (
            "gunicorn --chdir services/orders app.main:app",
            [("services/orders/app/main.py", ("services/orders",))],
        ),
        ("python -c 'print(1)'", []),
        ("python nowhere.py", []),
        ("echo python jobs/load.py", []),
        ("cp jobs/load.py /tmp", []),
        ("python -m pytest", [("", ("",))]),
        ("cd services/orders && python -m pytest", [("services/orders", ("services/orders",))]),
        ("pytest", []),
    ],
)
def test_what_a_line_starts(line: str, expected: list[object]) -> None:
    assert [(path, folders) for _, path, folders in started("run.sh", line)] == expected


def test_a_path_before_pytest_is_for_tests_only() -> None:
    [entry] = configuration("run.sh", "PYTHONPATH=lib pytest\n").paths
    assert entry.tests_only
    assert entry.reaches("tests/test_rates.py")
    assert not entry.reaches("jobs/load.py")


@pytest.mark.parametrize(
    "text",
    [
        'export PYTHONPATH="lib\n',
        "((((\n))))\n'",
        "export PYTHONPATH=${${${A}}}\n",
        "PYTHONPATH=$(((lib))) python\n",
        "cd\n\\\n",
        "PYTHONPATH\n=\n" * 50,
    ],
)
def test_malformed_lines_do_no_harm(text: str) -> None:
    assert isinstance(entries("run.sh", text), list)


def test_variables_that_grow_without_end_are_given_up() -> None:
    lines = ["A0=lib", *[f"A{n}=$A{n - 1}$A{n - 1}" for n in range(1, 60)]]
    assert entries("run.sh", "\n".join([*lines, "export PYTHONPATH=$A59"])) == [(61, None, "")]


def test_a_long_line_is_no_command() -> None:
    assert entries("run.sh", "export PYTHONPATH=lib\nA='" + "x=y; " * 200_000 + "'\n") == [
        (1, ("lib",), "")
    ]
