"""A repository that was adopted installs with pip, uv and Poetry, and its commands run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"

# What runs in an adopted project must not see the test run around it.
HIDDEN = re.compile(r"(VIRTUAL_ENV|PYTHONPATH|PYTHONHOME|MAKE.*|MFLAGS|PYTEST_.*|UV_.*PYTHON)")

LOAD = '''\
"""Load the orders."""

from pathlib import Path

import colorama
import shop_kit
import tidy_orders

HERE = Path(__file__).parent


def main():
    rows = (HERE / "seed.csv").read_text().split()
    print("loaded", len(rows), shop_kit.RATE, tidy_orders.NAME, colorama.__version__)


if __name__ == "__main__":
    main()
'''
PROJECT = """\
[project]
name = "{name}"
version = "1.0"

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
"""


def legacy(tidy: Path) -> dict[str, str]:
    """Return a repository whose dependencies stand in a requirements file, in every form."""
    return {
        ".gitignore": "*.csv\n",
        "run.sh": "pip install -r requirements.txt\npython -m etl.load\n",
        "etl/__init__.py": "",
        "etl/load.py": LOAD,
        "etl/seed.csv": "1,2\n3,4\n",
        "setup.py": "from setuptools import setup\n\nsetup(\n"
        '    name="shop",\n    version="1.2",\n    packages=["etl"],\n'
        '    entry_points={"console_scripts": ["shop-load = etl.load:main"]},\n)\n',
        "requirements.txt": f"""\
-c constraints.txt
colorama
iniconfig>=2 ; python_version >= "3.8"   # with a marker
tidy-orders @ git+{tidy.as_uri()}
-e ./vendor/kit
""",
        "constraints.txt": "colorama==0.4.6\n",
        "requirements-dev.txt": "-r requirements.txt\npluggy\n",
        "vendor/kit/pyproject.toml": PROJECT.format(name="shop-kit"),
        "vendor/kit/shop_kit/__init__.py": "RATE = 2\n",
    }


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not HIDDEN.fullmatch(name)}


def run(
    folder: Path, *command: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**environment(), **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def must(folder: Path, *command: str, env: Mapping[str, str] | None = None) -> str:
    done = run(folder, *command, env=env)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def committed(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    who = (
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.com",
        "-c",
        "commit.gpgsign=false",
    )
    must(folder, "git", "init", "--quiet", "--initial-branch=main")
    must(folder, "git", "add", "--all", "--force")
    must(folder, "git", *who, "commit", "--quiet", "-m", "As it was")
    return folder


@pytest.mark.layout_build
@pytest.mark.parametrize("manager", ["pip", "uv", "poetry"])
def test_it_installs_and_its_command_runs(suite: Path, tmp_path: Path, manager: str) -> None:
    tidy = {"pyproject.toml": PROJECT.format(name="tidy-orders")}
    tidy["tidy_orders/__init__.py"] = 'NAME = "tidy"\n'
    project = committed(tmp_path / "shop", legacy(committed(tmp_path / "tidy", tidy)))
    adopt = (sys.executable, "-m", "relayout", "adopt", ".", "--layout", "src-layout")
    answers = ("--suite", str(suite), "--data", f"package_manager={manager}")
    engine = {"PYTHONPATH": str(SOURCE), "GIT_CONFIG_GLOBAL": os.devnull}
    identity = {
        f"GIT_{who}_{what}": "test@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    must(project, *adopt, *answers, env={**engine, **identity})
    install(project, manager)
    assert must(project, ".venv/bin/shop-load") == "loaded 2 2 tidy 0.4.6\n"
    must(project, ".venv/bin/python", "-c", "import iniconfig")

    if manager == "pip":  # the wheel holds what git tracks, ignored or not
        must(project, ".venv/bin/python", "-m", "pip", "wheel", "--quiet", "--no-deps", ".")
        [wheel] = project.glob("shop-*.whl")
        assert "etl/seed.csv" in must(project, sys.executable, "-m", "zipfile", "-l", wheel.name)


def install(project: Path, manager: str) -> None:
    """Install what the code needs to run; Poetry gets the groups too, as it is in the Makefile."""
    if manager == "pip":
        must(project, sys.executable, "-m", "venv", ".venv")
        pip = (".venv/bin/python", "-m", "pip", "install", "--quiet")
        must(project, *pip, "--upgrade", "pip>=25.1")  # as the Makefile does
        must(project, *pip, "--editable", ".")
        return
    tool = shutil.which(manager) or f".tools/bin/{manager}"
    if tool.startswith(".tools"):
        fetched = run(project, "make", tool)
        if fetched.returncode:
            pytest.skip(f"{manager} cannot be installed here: {fetched.stderr[-200:]}")
    if manager == "uv":
        must(project, tool, "sync", "--no-default-groups", "--python", sys.executable)
    else:
        must(project, "make", "setup")
