"""The command line: help, exit statuses, one JSON document, and questions only on a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from relayout.adoption_commands import PlanCommand
from workbench import LEGACY, MOVED, Files, Result, build_tree, environment, git, head, relayout

MakeRepository = Callable[[Files], Path]
Adopt = Callable[..., Result]


def test_the_installed_module_runs(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "relayout", "plan", "nowhere"]
    done = subprocess.run(
        program, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no folder nowhere\n  ")


def test_the_code_of_a_repository_is_not_imported_by_the_tool_itself(
    repository: MakeRepository, suite: Path
) -> None:
    """Not even with ``python -m relayout``, which puts the current folder on the search path."""
    trap = "open('imported', 'w').close()\nraise SystemExit('imported')\n"
    names = ("yaml", "rich", "json", "relayout", "copier", "plumbum", "tomlkit", "sitecustomize")
    path = repository({**LEGACY, **{f"{name}.py": trap for name in names if name != "relayout"}})
    program = [sys.executable, "-m", "relayout", "plan", "--suite", str(suite)]
    done = subprocess.run(
        program, cwd=path, env=environment(), capture_output=True, text=True, check=False
    )
    assert not (path / "imported").exists(), done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [[], ["plan"], ["adopt"], ["verify"], ["undo"]])
def test_help_names_commands_and_options(command: list[str], tmp_path: Path) -> None:
    result = relayout(*command, "--help", cwd=tmp_path)
    assert result.status == 0
    for words in ["--json"] if command else ["plan", "adopt", "verify", "undo"]:
        assert words in result.stdout


def test_the_version(tmp_path: Path) -> None:
    import relayout as package

    assert package.__version__ in relayout("--version", cwd=tmp_path).stdout


def test_without_a_command_it_is_misused(tmp_path: Path) -> None:
    assert relayout(cwd=tmp_path).status == 2


def test_plan_changes_nothing_and_writes_what_adopt_takes(
    repository: MakeRepository, adopt: Adopt, suite: Path, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    plan = tmp_path / "plan.yml"
    result = relayout("plan", "--suite", str(suite), "--output", str(plan), cwd=path)
    assert result.status == 0
    assert git(path, "status", "--porcelain") == ""
    edited = {entry["path"]: entry["lines"] for entry in yaml.safe_load(plan.read_text())["edits"]}
    hack_and_import = [1, 6]
    assert edited == {MOVED: hack_and_import, "Makefile": [2]}
    plan.write_text(plan.read_text().replace("scripts/load.py\n  rule", "jobs/daily.py\n  rule", 1))
    plan.write_text(plan.read_text().replace(f"to: {MOVED}", "to: src/pipelines/daily.py"))
    assert adopt(path, "--plan", str(plan)).status in (0, 1)


def test_adopt_verify_and_undo(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    base = head(path)
    result = adopt(path, "--json")
    assert result.status == 0
    document = json.loads(result.stdout)
    assert document["passed"] is True
    assert document["branch"] == "relayout/src-layout"
    assert document["base_branch"] == "main"
    assert len(document["commits"]) == 3
    assert document["commits"][-1] == head(path)
    assert (path / MOVED).is_file()

    verified = relayout("verify", "--json", cwd=path)
    assert verified.status == 0
    assert json.loads(verified.stdout)["passed"] is True

    undone = relayout("undo", "--json", cwd=path)
    assert undone.status == 0
    assert "main" in json.loads(undone.stdout)["message"]
    assert head(path) == base
    assert git(path, "branch", "--list", "relayout/*") == ""


def test_each_commit_has_one_purpose(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository(LEGACY)
    adopt(path)
    moved = git(path, "show", "-M100%", "--name-status", "--format=", "HEAD~2").splitlines()
    assert {line[:4] for line in moved} == {"R100"}
    rewritten = git(path, "show", "-M", "--name-status", "--format=", "HEAD~1").splitlines()
    assert {line[0] for line in rewritten} == {"M"}
    added = git(path, "show", "-M", "--name-status", "--format=", "HEAD").splitlines()
    assert {line[0] for line in added} == {"A"}
    assert "As it was" in git(path, "log", "--follow", "--format=%s", "--", MOVED)


def test_verify_falls_short_after_a_path_hack_came_back(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    adopt(path)
    with (path / MOVED).open("a") as file:
        file.write("import sys\nsys.path.append('x')\n")
    git(path, "commit", "--quiet", "--all", "--message", "A hack")
    result = relayout("verify", "--json", cwd=path)
    assert result.status == 1
    failed = {c["name"] for c in json.loads(result.stdout)["checks"] if not c["passed"]}
    assert "no-path-hacks" in failed


def test_verify_in_another_clone_checks_what_can_be_told(
    repository: MakeRepository, adopt: Adopt, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    adopt(path)
    git(path, "clone", "--quiet", ".", "../clone")
    result = relayout("verify", cwd=tmp_path / "clone")
    assert result.status == 0, result
    assert "code-unchanged" not in result.stdout


def test_verify_of_a_repository_on_no_layout_is_refused(repository: MakeRepository) -> None:
    result = relayout("verify", cwd=repository(LEGACY))
    assert result.status == 2
    assert "--layout NAME" in result.stderr


def test_a_repository_is_named_from_elsewhere(
    repository: MakeRepository, suite: Path, tmp_path: Path
) -> None:
    path = repository(LEGACY)
    link = tmp_path / "link"
    link.symlink_to(path)
    for name in ("repository", str(path), "link"):
        assert relayout("plan", "--suite", str(suite), name, cwd=tmp_path).status == 0


def test_json_is_all_there_is_on_standard_output(repository: MakeRepository, suite: Path) -> None:
    path = repository({**LEGACY, "odd \udce9.py": ""})
    result = relayout("plan", "--json", "--suite", str(suite), cwd=path)
    assert result.status == 0, result
    assert json.loads(result.stdout)["moves"]
    assert result.stderr == ""


def test_output_goes_to_a_terminal_that_knows_only_ascii(
    repository: MakeRepository, suite: Path
) -> None:
    path = repository({**LEGACY, "scripts/größe.py": "x = 1\n", "scripts/[red].py": ""})
    program = [sys.executable, "-m", "relayout", "plan", "--suite", str(suite)]
    env = environment(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    done = subprocess.run(program, cwd=path, env=env, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0


def test_a_pipe_that_is_closed_early(repository: MakeRepository, suite: Path) -> None:
    path = repository(LEGACY)
    build_tree(path, {})
    reader, writer = os.pipe()
    os.close(reader)
    program = [sys.executable, "-m", "relayout", "plan", "--suite", str(suite)]
    try:
        done = subprocess.run(
            program, cwd=path, env=environment(), stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert b"Traceback" not in done.stderr, done.stderr


def test_a_defect_is_said_in_words_and_its_trace_is_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    command = PlanCommand("relayout plan")
    assert command.guarded(lambda: 1 // 0) == 2
    said = capsys.readouterr().err
    assert "relayout itself failed: ZeroDivisionError" in said
    assert "Traceback" not in said
    [log] = tmp_path.glob("relayout-*.log")
    assert "ZeroDivisionError" in log.read_text()


def test_quarantine_overrides_every_rule(repository: MakeRepository, adopt: Adopt) -> None:
    path = repository({**LEGACY, "test_old.py": "def test(): ...\n"})
    result = adopt(path, "--quarantine", "test_old.py")
    assert result.status == 0, result
    assert (path / "__legacy/test_old.py").is_file()


def test_verify_still_proves_the_adoption_after_later_commits(
    repository: MakeRepository, adopt: Adopt
) -> None:
    path = repository(LEGACY)
    adopt(path)
    (path / MOVED).write_text("def main():\n    print('later')\n")
    git(path, "commit", "--quiet", "--all", "--message", "Work goes on")
    result = relayout("verify", "--json", cwd=path)
    assert json.loads(result.stdout)["passed"], result.stdout


@pytest.mark.parametrize("options", [[], ["--merge-tool-config"], ["-d", "merge_tool_config=true"]])
def test_configuration_of_tools_is_merged_when_asked(
    repository: MakeRepository, adopt: Adopt, options: list[str]
) -> None:
    path = repository({**LEGACY, "pytest.ini": "[pytest]\naddopts = -q\n"})
    result = adopt(path, "--json", *options)
    assert result.status == 0, result.stderr
    codes = [finding["code"] for finding in json.loads(result.stdout)["plan"]["findings"]]
    project = (path / "pyproject.toml").read_text(encoding="utf-8")
    assert ("tool-config" in codes) is bool(options)
    assert ('addopts = "-q"' in project) is bool(options)
    assert relayout("verify", cwd=path).status == 0
