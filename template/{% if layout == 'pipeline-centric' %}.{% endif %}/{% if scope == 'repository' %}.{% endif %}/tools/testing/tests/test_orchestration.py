"""Every pipeline is found, loads on its own, and runs after what it reads."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from graphlib import CycleError
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
DEFINITIONS = """\
import dagster as dg


@dg.asset(key_prefix="{name}")
def things() -> None:
    {body}


defs = dg.Definitions(assets=[things])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with the programs of this one, and no pipeline."""
    skip = shutil.ignore_patterns("__pycache__", "tests")
    shutil.copytree(ROOT / "platform", tmp_path / "platform", ignore=skip)
    shutil.copytree(ROOT / "pipelines" / "shared", tmp_path / "pipelines" / "shared", ignore=skip)
    (tmp_path / "pipelines" / "__init__.py").touch()
    return tmp_path


def add(root: Path, name: str, body: str = "pass", reads: str = "") -> None:
    """Add a pipeline of one asset, which may read an output of another one."""
    folder = root / "pipelines" / name
    for path in (folder / "orchestration", folder / "config"):
        path.mkdir(parents=True)
    for path in (folder, folder / "orchestration"):
        (path / "__init__.py").touch()
    text = DEFINITIONS.format(name=name, body=body)
    (folder / "orchestration" / "definitions.py").write_text(text, encoding="utf-8")
    source = {"name": "above", "kind": "pipeline", "location": reads}
    settings = {"owner": "me", "outputs": ["things"], "sources": [source] if reads else []}
    (folder / "config" / "pipeline.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program in a repository that takes the place of this one."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONWARNINGS": ""}
    environment["DAGSTER_HOME"] = str(root / "data" / "services" / "orchestration")
    return subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_code_location_for_each_pipeline(root: Path) -> None:
    for name in ("orders", "customers"):
        add(root, name)
    done = run(root, "platform/orchestration/workspace.py")
    assert done.returncode == 0, done.stderr
    home = root / "data" / "services" / "orchestration"
    assert done.stdout == "data/services/orchestration/workspace.yaml\n"
    entries = yaml.safe_load((home / "workspace.yaml").read_bytes())["load_from"]
    assert [entry["python_module"]["location_name"] for entry in entries] == ["customers", "orders"]
    settings = root / "platform" / "orchestration" / "dagster.yaml"
    assert (home / "dagster.yaml").read_bytes() == settings.read_bytes()


def test_a_workspace_of_some_pipelines(load: Callable[[str], Any], root: Path) -> None:
    for name in ("orders", "customers", "stock"):
        add(root, name)
    workspace = load("platform/orchestration/workspace.py")
    home = workspace.write(root, ["stock", "orders"])
    entries = yaml.safe_load((home / "workspace.yaml").read_bytes())["load_from"]
    assert [entry["python_module"]["location_name"] for entry in entries] == ["orders", "stock"]
    with pytest.raises(workspace.WorkspaceError, match="pipelines/order/orchestration"):
        workspace.write(root, ["order"])
    assert len(entries) == 2


def test_a_workspace_without_pipelines(load: Callable[[str], Any], root: Path) -> None:
    home = load("platform/orchestration/workspace.py").write(root)
    assert yaml.safe_load((home / "workspace.yaml").read_bytes()) == {"load_from": []}


def test_a_pipeline_that_fails_to_load_takes_no_other_down(root: Path) -> None:
    add(root, "good")
    add(root, "broken")
    broken = root / "pipelines" / "broken" / "orchestration" / "definitions.py"
    broken.write_text("raise RuntimeError('out of order')\n", encoding="utf-8")
    assert run(root, "platform/orchestration/workspace.py").returncode == 0
    workspace = "data/services/orchestration/workspace.yaml"
    done = run(root, "-m", "dagster", "definitions", "validate", "--workspace", workspace)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Validation successful for code location good" in said
    assert "Validation failed for code location broken" in said
    assert "out of order" in said


def test_pipelines_run_for_real_and_a_failure_stops_only_what_needs_it(root: Path) -> None:
    write = "__import__('pathlib').Path({0!r}).write_text('made')"
    add(root, "bad", body="raise RuntimeError('no disk')")
    add(root, "needs_bad", body=write.format("needs_bad.txt"), reads="bad.things")
    add(root, "good", body=write.format("good.txt"))
    done = run(root, "platform/orchestration/run.py", "--workers", "2")
    assert done.returncode == 1
    assert "bad | " in done.stderr
    assert "no disk" in done.stderr
    assert "needs_bad: left out" in done.stdout
    assert done.stdout.endswith("1 of 3 pipelines done\n")
    assert (root / "good.txt").is_file()
    assert not (root / "needs_bad.txt").exists()


def test_one_pipeline_runs_alone(root: Path) -> None:
    add(root, "orders", body="print('made it')")
    add(root, "customers", body="raise RuntimeError")
    done = run(root, "platform/orchestration/run.py", "orders")
    assert done.returncode == 0, done.stderr
    assert "1 of 1 pipelines done" in done.stdout
    assert run(root, "platform/orchestration/run.py", "nothing").returncode == 2


def test_pipelines_in_a_circle_are_refused(root: Path) -> None:
    add(root, "hen", reads="egg.things")
    add(root, "egg", reads="hen.things")
    done = run(root, "platform/orchestration/run.py")
    assert done.returncode == 2
    assert "need one another" in done.stderr


class Recorder:
    """Stands in for what runs a pipeline, and notes the order and how many run at once."""

    def __init__(self, failing: frozenset[str] = frozenset()) -> None:
        self.order: list[str] = []
        self.most = 0
        self._failing = failing
        self._running = 0
        self._lock = threading.Lock()

    def __call__(self, name: str) -> bool:
        with self._lock:
            self.order.append(name)
            self._running += 1
            self.most = max(self.most, self._running)
        time.sleep(0.02)
        with self._lock:
            self._running -= 1
        return name not in self._failing


def test_what_is_needed_runs_first(load: Callable[[str], Any]) -> None:
    run_all = load("platform/orchestration/run.py").run_all
    recorder = Recorder()
    needs = {"a": {"c"}, "b": set(), "c": {"d"}, "d": set()}
    assert run_all(needs, recorder, 4) == dict.fromkeys("abcd", True)
    assert recorder.order.index("d") < recorder.order.index("c") < recorder.order.index("a")
    assert 1 < recorder.most <= 4


def test_all_that_needs_a_failed_one_is_left_out(load: Callable[[str], Any]) -> None:
    run_all = load("platform/orchestration/run.py").run_all
    recorder = Recorder(frozenset("d"))
    needs = {"a": {"c"}, "b": set(), "c": {"d"}, "d": set()}
    assert run_all(needs, recorder, 1) == {"a": None, "b": True, "c": None, "d": False}
    assert sorted(recorder.order) == ["b", "d"]
    with pytest.raises(CycleError):
        run_all({"a": {"b"}, "b": {"a"}}, recorder, 1)
    assert run_all({}, recorder, 1) == {}
