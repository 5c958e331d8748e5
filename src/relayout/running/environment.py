"""The interpreter that a repository's own code runs with, and how it is asked to load that code.

This is the only place of relayout that runs code of a repository, and only when a person asks.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relayout.errors import Refusal
from relayout.running.locations import Location

PATIENCE = 600.0
"""Seconds that loading the definitions of one tree may take."""

_TELLING = 20.0
"""Seconds between two lines that say that loading goes on."""

_OUTPUT_LINES = 40

_HOME, _ANSWER = "dagster_home", "answer.json"
_USED_BY = {"airflow_probe.py": ("airflow_facts.py", "airflow_places.py", "probe.py")}
"""Programs that are made of more than one file, with the others."""

_SECRET_NAMES = ("SECRET", "TOKEN", "PASSW", "KEY", "CREDENTIAL", "DSN", "URL", "URI")

Say = Callable[[str], None]
"""What is told to a person while something runs."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python interpreter, and why it was taken."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path} ({self.reason})"


def find_interpreter(
    repository: Path, named: str = "", variables: Mapping[str, str] = os.environ
) -> Interpreter:
    """Return the interpreter of a repository's environment. Raises Refusal if there is none.

    The first of: the one that was named; ``.venv`` or ``venv`` in the repository; the environment
    that is active, by ``VIRTUAL_ENV`` or ``CONDA_PREFIX``.
    """
    if named:
        path = Path(named).absolute()
        if not path.is_file():
            raise Refusal(f"there is no interpreter {named}", "Name a file: --python PATH")
        return Interpreter(path, "--python")
    places = [(repository.absolute() / name, name) for name in (".venv", "venv")]
    places += [
        (Path(variables[v]).absolute(), f"${v}")
        for v in ("VIRTUAL_ENV", "CONDA_PREFIX")
        if variables.get(v)
    ]
    for folder, reason in places:
        for inside in ("bin/python", "Scripts/python.exe", "python.exe"):
            if (folder / inside).is_file():
                return Interpreter(folder / inside, reason)
    raise Refusal(
        f"{repository} has no environment to run its code in: no .venv, no venv, none active",
        "Make it as the repository says (uv sync, pip install -e .), or name its interpreter:",
        '--python PATH (for poetry: --python "$(poetry env info --executable)")',
    )


def has_package(interpreter: Interpreter, name: str) -> bool:
    """Tell whether an interpreter has a package installed."""
    asked = "import importlib.util, sys; sys.exit(not importlib.util.find_spec(sys.argv[1]))"
    command = [str(interpreter.path), "-I", "-c", asked, name]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def load(
    interpreter: Interpreter,
    checkout: Path,
    origin: Path,
    locations: Sequence[Location],
    paths: Sequence[str],
    say: Say,
) -> Mapping[str, Any]:
    """Load code locations of a checkout with an interpreter, and return the probe's answer.

    ``paths`` are the folders in which its packages are found, ``origin`` the repository that the
    checkout is of. Raises Refusal if the interpreter does not run, has no Dagster, or takes
    longer than :data:`PATIENCE`.
    """
    request = {
        "root": str(checkout),
        "origin": str(origin.absolute()),
        "paths": list(paths),
        "locations": [location.request(str(checkout)) for location in locations],
    }
    answer, output = ask(interpreter, "probe.py", request, checkout, say)
    found = _masked_answer(answer)
    if "unavailable" in found:
        raise Refusal(
            f"{interpreter} has no Dagster: {found['unavailable']}",
            "Install what the repository depends on there, or name another: --python PATH",
        )
    errors = [location["error"] for location in found["locations"] if location["error"]]
    for text in [*errors, output] if errors else ():
        _tell(text, say)
    return found


def ask(
    interpreter: Interpreter,
    program: str,
    request: Mapping[str, Any],
    checkout: Path,
    say: Say,
    variables: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], str]:
    """Run a probe with an interpreter, in a checkout; return its answer, and what it printed.

    ``variables`` are the environment that it gets, instead of the user's with a home for Dagster.
    Raises Refusal if the interpreter does not run, ends early, or takes longer than
    :data:`PATIENCE`.
    """
    with tempfile.TemporaryDirectory(prefix="relayout-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        command = [str(interpreter.path), *_written(folder, program, request)]
        python = interpreter.path
        given = _variables(folder / _HOME, python) if variables is None else variables
        output = masked(_run(command, checkout, folder, given, say), os.environ)
        answer = folder / _ANSWER
        if not answer.is_file():
            _tell(output, say)
            raise Refusal(f"{interpreter} ended before it had loaded anything", *_last(output))
        return json.loads(answer.read_text(encoding="utf-8")), output


def _written(folder: Path, name: str, request: Mapping[str, Any]) -> list[str]:
    """Write the probe and what it is asked, and a home for Dagster; return how it is called.

    The probe has a folder of its own, with those that it may use: that is on its search path.
    """
    home, program = folder / _HOME, folder / "program" / "relayout_program.py"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
    program.parent.mkdir()
    for own in (name, *_USED_BY.get(name, ())):
        target = program if own == name else program.with_name(f"relayout_{own}")
        target.write_bytes(Path(__file__).with_name(own).read_bytes())
    asked = folder / "request.json"
    document = {**request, "answer": str(folder / _ANSWER)}
    asked.write_text(json.dumps(document), encoding="utf-8")
    return [str(program), str(asked)]


def _run(
    command: list[str], checkout: Path, folder: Path, variables: Mapping[str, str], say: Say
) -> str:
    """Run a program to its end, and return what it printed. Raises Refusal after long enough."""
    log = folder / "output"
    with log.open("wb") as written:
        try:
            process = subprocess.Popen(
                command,
                cwd=checkout,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.STDOUT,
                env=dict(variables),
                start_new_session=True,
            )
        except OSError as error:
            raise Refusal(f"{command[0]} cannot be run: {error.strerror}") from None
        try:
            _wait(process, say)
        finally:
            _end(process)
    return log.read_bytes().decode("utf-8", errors="replace")


def _wait(process: subprocess.Popen[bytes], say: Say) -> None:
    """Wait for a program to end, and say now and then that it has not. Raises Refusal."""
    began = time.monotonic()
    while True:
        try:
            process.wait(_TELLING)
            return
        except subprocess.TimeoutExpired:
            taken = time.monotonic() - began
        if taken > PATIENCE:
            raise Refusal(
                f"loading took longer than {PATIENCE:.0f} seconds",
                "Something in the code waits, for a network perhaps, when imported.",
            )
        say(f"  still loading after {taken:.0f} seconds")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program, and what it started, if it still runs."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _variables(home: Path, python: Path) -> dict[str, str]:
    """Return the user's environment with a home for Dagster that is empty.

    Programs that are installed beside the interpreter are found first, as where it is active.
    Warnings are not errors here, whatever the user's Python says: what is compared is what loads.
    Sets have one order in both states: dbt writes lists that it made of sets.
    """
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONWARNINGS", "PYTHONHOME")}
    return {
        **kept,
        "PATH": os.pathsep.join([str(python.parent), *filter(None, [kept.get("PATH")])]),
        "DAGSTER_HOME": str(home),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONHASHSEED": "0",
    }


def masked(text: str, variables: Mapping[str, str]) -> str:
    """Return a text without the values of variables that may be secret."""
    for name, value in variables.items():
        if len(value) >= 6 and is_secret(name):
            text = text.replace(value, "***")
    return text


def is_secret(name: str) -> bool:
    """Tell whether a variable may be secret, by its name."""
    return any(word in name.upper() for word in _SECRET_NAMES)


def _masked_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without secret values in its messages; all else in it are names."""
    errors = ({**one, "error": masked(one["error"], os.environ)} for one in answer["locations"])
    return {**answer, "locations": list(errors)}


def _tell(output: str, say: Say) -> None:
    """Show the end of what was printed, or of an error."""
    for line in output.rstrip().splitlines()[-_OUTPUT_LINES:]:
        say(f"  | {line}")


def _last(output: str) -> tuple[str, ...]:
    return tuple(output.rstrip().splitlines()[-1:])
