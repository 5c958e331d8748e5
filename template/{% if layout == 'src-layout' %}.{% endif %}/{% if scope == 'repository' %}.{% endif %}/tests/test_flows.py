"""The check of the flows sees what is wrong with them, and the flows here are right."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOW = """\
id: load
namespace: shop
tasks:
  - id: run
    type: io.kestra.plugin.scripts.shell.Commands
    commands:
      - cd /app && MODE=x orders-load --env dev
      - python -m shop.load
      - bash tools/go.sh
triggers:
  - id: daily
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "30 5 * * MON-FRI"
"""


def check(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    tool = ROOT / "tools" / "validate_flows.py"
    command = [sys.executable, str(tool), "--root", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a repository with one flow, and all that the flow names."""
    (tmp_path / "src" / "shop").mkdir(parents=True)
    (tmp_path / "src" / "shop" / "load.py").write_text("")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "go.sh").write_text("")
    (tmp_path / "pyproject.toml").write_text('[project.scripts]\norders-load = "shop.load:main"\n')
    (tmp_path / ".env.example").write_text("KNOWN=\n")
    (tmp_path / "workflows").mkdir()
    (tmp_path / "workflows" / "load.yml").write_text(FLOW)
    return tmp_path


def test_the_flows_of_this_repository_have_no_errors() -> None:
    done = check(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_flow_that_is_right_passes(shop: Path) -> None:
    done = check(shop, "--strict")
    assert done.stdout == "1 flow files, 0 errors, 0 warnings\n"
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: load\n", "", "id is missing"),
        ("namespace: shop", "namespace: 'a b'", "namespace is missing, or not letters"),
        (FLOW[FLOW.index("tasks:") : FLOW.index("triggers:")], "", "tasks is missing or empty"),
        ("- id: daily", "- id: run", "task 'run': the id is used twice"),
        ("    type: io.kestra.plugin.scripts.shell.Commands\n", "", "task 'run': type is missing"),
        ("io.kestra.plugin.core.trigger.Schedule", "a schedule", "type is missing, or not a class"),
        ('    cron: "30 5 * * MON-FRI"\n', "", "Schedule needs cron"),
        ("30 5 * * MON-FRI", "30 5 * *", "4 fields, expected 5"),
        ("30 5 * * MON-FRI", "30 25 * * *", "'25' is not a hour"),
        ("30 5 * * MON-FRI", "*/0 5 * * *", "'*/0' is not a minute"),
        ("tasks:", "tasks: [", "while parsing"),
    ],
)
def test_an_error_fails_the_check(shop: Path, old: str, new: str, message: str) -> None:
    assert old in FLOW
    (shop / "workflows" / "load.yml").write_text(FLOW.replace(old, new))
    done = check(shop)
    assert done.returncode == 1
    assert "workflows/load.yml: error: " in done.stdout
    assert message in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("orders-load", "order-load", "order-load is no script of this project"),
        ("shop.load", "shop.lode", "there is no module shop.lode"),
        ("tools/go.sh", "tools/stay.sh", "there is no tools/stay.sh"),
        ("MODE=x", "MODE=x; '", "is not a command"),
        ("id: load", "id: load\ndescription: \"{{ secret('LOST') }}\"", "the secret LOST"),
    ],
)
def test_what_a_flow_names_and_nobody_has_is_a_warning(
    shop: Path, old: str, new: str, message: str
) -> None:
    (shop / "workflows" / "load.yml").write_text(FLOW.replace(old, new))
    done = check(shop)
    assert "workflows/load.yml: warning: " in done.stdout
    assert message in done.stdout
    assert done.returncode == 0
    assert check(shop, "--strict").returncode == 1


def test_nested_tasks_are_checked(shop: Path) -> None:
    nested = (
        "id: nested\nnamespace: shop\ntasks:\n"
        "  - id: both\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n"
        "      - id: inner\n        type: io.kestra.plugin.core.log.Log\n"
        "      - id: other\n        type: io.kestra.plugin.core.flow.Subflow\n"
        "        namespace: shop\n        flowId: lost\n"
    )
    (shop / "workflows" / "nested.yaml").write_text(nested)
    found = check(shop).stdout
    assert "task 'inner': io.kestra.plugin.core.log.Log needs message" in found
    assert "task 'other': there is no flow shop.lost" in found


def test_two_flows_do_not_share_a_name(shop: Path) -> None:
    (shop / "workflows" / "again.yml").write_text(FLOW)
    assert "shop.load is also in workflows/again.yml" in check(shop).stdout
