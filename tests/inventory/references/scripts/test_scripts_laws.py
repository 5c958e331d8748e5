"""Whatever a script holds: reading it never fails, and references are what stands there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

NAMES = (
    "run.sh", "Makefile", "run.ps1", "run.bat", "justfile", "Taskfile.yml", "Procfile",
    "x.service", "supervisord.conf", "package.json", ".vscode/tasks.json", ".idea/x.xml", "bin/run",
)  # fmt: skip
FILES = ("utils/load.py", "sql/x.sql", "utils/__main__.py")
PIECES = (
    "utils/load.py", "sql/x.sql", "utils", "python ", "python -m utils.load", "cd utils", "\n",
    "\t", "\r\n", " ", "  ", "'", '"', "\\", "`", "^", "$", "$(", "${", ")", "}", "{", "(", "<<EOF",
    "EOF", "<", ">", ">>", "&&", ";", "|", "#", "%", "%~dp0", "@", "-", "+", "=", ":=", ":", "x=",
    "D=utils", "$D/", "all: ", "define X", "endef", "include ", "[program:a]", "command=",
    "ExecStart=", "WorkingDirectory=/srv", '{"scripts": {"a": "', '"}}', "tasks:\n  a: ", "{{D}}",
    '{"tasks": [{"command": "', '", "args": ["', '"]}]}', "$PROJECT_DIR$/", "bash -c '", "trap ",
    "Join-Path ", "$PSScriptRoot ", "@(", "<#", "#>", '@"', "\0", "\ufeff", "\x85", "é", "*", "[",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_text_raises_and_references_are_what_stands_there(name: str, pieces: list[str]) -> None:
    """Law: every reference spells the text at its place, and none overlaps another."""
    text = "".join(("#!/bin/sh\n" if name == "bin/run" else "", *pieces))
    end = 0
    for found in read_references(name, Tree.of({**dict.fromkeys(FILES, ""), name: text})):
        assert text[found.start : found.end] == found.text
        assert found.text.startswith(found.prefix)
        assert found.start >= end
        end = found.end


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_what_did_not_move_is_not_edited(name: str, pieces: list[str]) -> None:
    """Law: a file is the same bytes if nothing that it names moved."""
    text = "".join(("#!/bin/sh\n" if name == "bin/run" else "", *pieces))
    after, _ = followed(name, text, {"other/a.py": "src/pkg/a.py"}, FILES)
    assert after == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "unit",
    [
        "$(", "${", "'", '"', "`", "<<EOF\n", "<#", '@"\n', "(", "a ", "x=utils\n", "\\\n", "a\\\n",
        "utils/load.py ", "$D/", "cd utils\n", "{{", "[program:a]\n", '{"tasks":[', "define x\n",
        "%a", "all: utils/load.py\n", "bash -c 'python utils/load.py'\n", "\t-", "$PROJECT_DIR$/",
    ],
)  # fmt: skip
def test_a_large_file_takes_no_longer_than_its_size_asks_for(name: str, unit: str) -> None:
    """Law: four times the text takes far less than sixteen times as long, or next to nothing."""
    small, large = (_seconds(name, unit * (size // len(unit))) for size in (2_500, 10_000))
    assert large < max(12 * small, 1.0)


def _seconds(name: str, text: str) -> float:
    script = ("#!/bin/sh\n" if name == "bin/run" else "") + text
    tree = Tree.of({**dict.fromkeys(FILES, ""), name: script})
    start = time.perf_counter()
    read_references(name, tree)
    return time.perf_counter() - start
