"""The layout's requirements.txt has what pyproject.toml needs, as its own tool writes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from jinja2 import Template

from relayout.conversions.requirements_text import requirements_text

SUITE = Path(__file__).resolve().parents[2]
PROJECT = """\
[project]
name = "x"
dependencies = [
  "a>=1",
  "kit[fast]",
  "b @ git+https://h/b.git",
  "c @ {root:uri}/libs/c ; os_name == 'nt'",
]

[tool.uv.sources]
kit = { path = "libs/kit", editable = true }
other = { git = "https://h/other.git" }
"""


def test_it_is_what_the_tool_writes(tmp_path: Path) -> None:
    (template,) = SUITE.glob("template/**/tools/sync_requirements.py.jinja")
    source = template.read_text(encoding="utf-8")
    program = Template(source, trim_blocks=True, lstrip_blocks=True).render(python_version="3.10")
    (tmp_path / "tools").mkdir()
    tool = tmp_path / "tools" / "sync_requirements.py"
    tool.write_text(program, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    subprocess.run([sys.executable, tool], check=True)
    written = (tmp_path / "requirements.txt").read_text()
    assert written == requirements_text(written.partition("\n")[0] + "\n", PROJECT)
    assert written.splitlines()[1:] == ["a>=1", "./libs/kit", "b @ git+https://h/b.git", "./libs/c"]


def test_a_project_that_makes_no_sense_changes_nothing() -> None:
    assert requirements_text("# head\n", "[project\n") == "# head\n"
