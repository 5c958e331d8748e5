"""The documentation says what is so: rules, findings, options, and links that lead somewhere."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from relayout.evolution.versions import parse_version

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def finding_codes() -> set[str]:
    """Return the first argument of every Finding that the engine makes."""
    codes: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            target.id: node.value.value
            for node in ast.walk(module)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                first = node.args[0]
                if isinstance(first, ast.Name):
                    first = ast.Constant(named[first.id])
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}"
                codes.add(str(first.value))
    return codes


def test_every_finding_is_explained_and_no_other() -> None:
    page = (ROOT / "docs/reference/findings.md").read_text(encoding="utf-8")
    explained = {m.group(1) for m in re.finditer(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)}
    assert finding_codes() == explained


def test_what_to_do_is_said_of_every_finding_and_of_no_other() -> None:
    page = (ROOT / "docs/how-to/decide-findings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`]+)`", page))
    assert finding_codes() - named == set()
    others = {"no-path-hacks"}
    assert {name for name in named if CODE.fullmatch(name)} - finding_codes() == others


def test_the_page_of_rules_is_what_the_recipes_say() -> None:
    program = [sys.executable, ROOT / "docs/rules_table.py", "--check"]
    assert subprocess.run(program, check=False).returncode == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_exist(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", ["reference/versions.md", "how-to/move-a-file-in-a-template.md"])
def test_examples_of_versions_are_what_the_engine_reads(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    examples = re.findall(r"^ *```yaml\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    read = [parse_version(dedent(example), "1.1.0.yml") for example in examples]
    for declared in ("moves", "splits", "entry_points", "removals", "answers"):
        assert any(getattr(version, declared) for version in read), declared


@pytest.mark.layout_build
def test_the_readme_shows_what_the_demonstration_prints() -> None:
    """The demonstration runs for real; the README quotes lines of its output."""
    program = [sys.executable, ROOT / "docs/demo.py"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [quoted] = re.findall(r"^```\n(== Adopted\n.*?)^```", readme, re.MULTILINE | re.DOTALL)
    printed = {line.rstrip() for line in done.stdout.splitlines()}
    assert [line for line in quoted.splitlines() if line not in printed | {"..."}] == []


def test_every_kind_of_reference_is_in_the_table() -> None:
    page = (ROOT / "docs/reference/references.md").read_text(encoding="utf-8")
    kinds: set[str] = set()
    for path in (ROOT / "src/relayout/inventory/references").rglob("*.py"):
        found = re.findall(
            r'^_?KIND = "([a-z.-]+)"$', path.read_text(encoding="utf-8"), re.MULTILINE
        )
        kinds.update(found)
    assert len(kinds) > 30
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()
