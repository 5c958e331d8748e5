"""The tests of each pipeline run in a process of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Load = Callable[[str], Any]
FINE = "def test_it() -> None:\n    assert True\n"
WRONG = "def test_it() -> None:\n    assert False, 'wrong total'\n"


@pytest.fixture
def run_tests(load: Load) -> Any:
    load("tools/testing/affected.py")
    return load("tools/testing/run_tests.py")


def make(root: Path, **tests: str) -> None:
    (root / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    for name, text in tests.items():
        folder = root / "pipelines" / name / "tests"
        folder.mkdir(parents=True)
        (folder / "test_it.py").write_text(text)


def test_one_that_fails_or_cannot_be_read_does_not_stop_the_others(
    run_tests: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, orders=FINE, stock=WRONG, customers="import nothing_like_this\n", empty="")
    names = ["orders", "stock", "customers", "empty", "untested"]
    assert run_tests.run_all(names, [], 2, tmp_path) is False
    printed = capfd.readouterr()
    assert "error: tests failed: customers, stock" in printed.err
    for line in ("ok     orders", "FAILED stock", "FAILED customers", "ok     empty", "no tests"):
        assert line in printed.out
    assert "wrong total" in printed.out


def test_all_that_passes_is_told_in_a_line_each(
    run_tests: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, orders=FINE, stock=FINE)
    assert run_tests.run_all(["orders", "stock"], [], 2, tmp_path) is True
    lines = capfd.readouterr().out.splitlines()
    assert sorted(line.split()[1] for line in lines) == ["orders", "stock"]
    assert all("1 passed" in line for line in lines)


def test_options_reach_pytest(
    run_tests: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, orders=FINE)
    assert run_tests.run_all(["orders"], ["-k", "another"], 1, tmp_path) is True
    assert "1 deselected" in capfd.readouterr().out


def test_a_name_that_no_pipeline_has_is_refused(
    run_tests: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["run_tests.py", "no_such_pipeline"])
    assert run_tests.main() == 2
    assert "no pipeline is called no_such_pipeline" in capsys.readouterr().err
