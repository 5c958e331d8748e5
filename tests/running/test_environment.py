"""The repository's own interpreter is found, asked, and ended if it does not answer."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.running import environment
from relayout.running.environment import Interpreter, find_interpreter, load


def interpreter(folder: Path, text: str = "#!/bin/sh\n") -> Path:
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(text)
    python.chmod(0o755)
    return python


def asked(python: Path, tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "checkout").mkdir()
    load(Interpreter(python, "a test"), tmp_path / "checkout", tmp_path, (), (), told.append)


def test_the_environment_in_the_repository_counts_before_the_active_one(tmp_path: Path) -> None:
    active = interpreter(tmp_path / "active")
    variables = {"VIRTUAL_ENV": str(tmp_path / "active")}
    assert find_interpreter(tmp_path, "", variables) == Interpreter(active, "$VIRTUAL_ENV")
    own = interpreter(tmp_path / "venv")
    assert find_interpreter(tmp_path, "", variables) == Interpreter(own, "venv")
    first = interpreter(tmp_path / ".venv")
    assert find_interpreter(tmp_path, "", variables) == Interpreter(first, ".venv")
    assert find_interpreter(tmp_path, str(own), variables) == Interpreter(own, "--python")


def test_without_an_environment_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no environment to run its code in") as refusal:
        find_interpreter(tmp_path, "", {})
    assert "--python PATH" in str(refusal.value)
    with pytest.raises(Refusal, match="there is no interpreter"):
        find_interpreter(tmp_path, str(tmp_path / "python"), {})


def test_an_interpreter_without_dagster_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="has no Dagster: No module named 'dagster'"):
        asked(Path(sys.executable), tmp_path, [])


def test_an_interpreter_that_cannot_be_run_is_refused(tmp_path: Path) -> None:
    python = interpreter(tmp_path / "venv", "")
    python.chmod(0o644)
    with pytest.raises(Refusal, match="cannot be run"):
        asked(python, tmp_path, [])


def test_what_was_printed_is_shown_without_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_PASSWORD", "hunter22")
    monkeypatch.setenv("COLOUR", "magenta")
    told: list[str] = []
    python = interpreter(
        tmp_path / "venv", '#!/bin/sh\necho "with $DB_PASSWORD, $COLOUR"\nexit 3\n'
    )
    with pytest.raises(Refusal, match="ended before it had loaded anything") as refusal:
        asked(python, tmp_path, told)
    assert told == ["  | with ***, magenta"]
    assert "hunter22" not in str(refusal.value)


def test_code_that_waits_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "PATIENCE", 0.4)
    monkeypatch.setattr(environment, "_TELLING", 0.1)
    told: list[str] = []
    child = tmp_path / "child"
    python = interpreter(tmp_path / "venv", f"#!/bin/sh\nsleep 60 &\necho $! > {child}\nwait\n")
    with pytest.raises(Refusal, match="took longer than"):
        asked(python, tmp_path, told)
    assert told
    assert told[0].startswith("  still loading after")
    assert _ends(int(child.read_text()))


def _ends(process: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().split()[2]
            os.kill(process, 0)
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_users_variables_are_kept_and_dagster_gets_an_empty_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_REGION", "north")
    monkeypatch.setenv("DAGSTER_HOME", "/somewhere")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    told: list[str] = []
    shown = 'echo "$SHOP_REGION $PYTHONWARNINGS$(ls $DAGSTER_HOME) $DAGSTER_DISABLE_TELEMETRY"\n'
    shown += 'test "$(command -v python)" = "$0" && echo "found first"'
    python = interpreter(tmp_path / "venv", f"#!/bin/sh\n{shown}\n")
    with pytest.raises(Refusal):
        asked(python, tmp_path, told)
    assert told == ["  | north dagster.yaml 1", "  | found first"]
