"""pytest's configuration: which file counts, and what it says. pytest itself is asked, too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from relayout.inventory.configured_paths.pytest_settings import pytest_settings
from relayout.tree import Tree
from workbench import build_tree


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pytest.ini": "[pytest]\npythonpath = lib ./more\n"}, ("lib", "./more")),
        ({".pytest.ini": "[pytest]\npythonpath = lib\n"}, ("lib",)),
        ({"pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\n'}, ("lib",)),
        (
            {"pyproject.toml": '[tool.pytest.ini_options]\npythonpath = "lib more"\n'},
            ("lib", "more"),
        ),
        ({"tox.ini": "[pytest]\npythonpath =\n    lib\n    more\n"}, ("lib", "more")),
        ({"setup.cfg": "[tool:pytest]\npythonpath = lib\n"}, ("lib",)),
        ({"pytest.ini": "", "tox.ini": "[pytest]\npythonpath = lib\n"}, ()),
        (
            {
                "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["lib"]\n',
                "tox.ini": "[pytest]\npythonpath = more\n",
            },
            ("lib",),
        ),
        (
            {"pyproject.toml": "[tool.ruff]\n", "setup.cfg": "[tool:pytest]\npythonpath = lib\n"},
            ("lib",),
        ),
    ],
)
def test_the_file_that_counts_is_pytests_own_choice(
    files: dict[str, str], expected: tuple[str, ...], tmp_path: Path
) -> None:
    settings = pytest_settings("", Tree.of(files))
    assert settings is not None
    assert settings.python_path == expected
    probe = "import sys\n\n\ndef test_a():\n    print('PATH', *sys.path, sep='|')\n"
    build_tree(tmp_path, {**files, "test_a.py": probe})
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-s", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    [line] = [text for text in done.stdout.splitlines() if "PATH|" in text]
    wanted = [str(tmp_path / entry) for entry in expected]
    assert [entry for entry in line.split("|") if entry in wanted] == wanted
    ignored = {str(tmp_path / "lib"), str(tmp_path / "more")} - set(wanted)
    assert ignored.isdisjoint(line.split("|"))


@pytest.mark.parametrize(
    ("options", "mode"),
    [
        ("", "prepend"),
        ("addopts = -ra --import-mode=importlib\n", "importlib"),
        ("addopts = --import-mode append\n", "append"),
    ],
)
def test_the_import_mode(options: str, mode: str) -> None:
    settings = pytest_settings("", Tree.of({"pytest.ini": f"[pytest]\n{options}"}))
    assert settings is not None
    assert settings.import_mode == mode


@pytest.mark.parametrize("text", ["[pytest\n", "pythonpath = x\n", "[tool.pytest"])
def test_malformed_files_say_nothing(text: str) -> None:
    for name in ("tox.ini", "pyproject.toml", "setup.cfg"):
        assert pytest_settings("", Tree.of({name: text})) is None
