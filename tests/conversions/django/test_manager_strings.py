"""Commands that Python code starts with ``manage.py``."""

from __future__ import annotations

import pytest

from migrations import SRC_LAYOUT
from relayout.conversions.django.manager_strings import convert_manager_strings
from relayout.inventory import Inventory, take_inventory
from relayout.planning.homes import Home
from relayout.planning.plan import FileEdit, Finding, Move, Plan
from relayout.rewriting.destination import Destination
from relayout.rewriting.manager_commands import CliCommand, ManagerCommands
from relayout.source import apply_edits
from relayout.tree import Tree
from relayout.verification.code_unchanged import check_code_unchanged
from relayout.verification.evidence import Evidence

COMMAND = "shop/management/commands/load.py"
MOVES = {
    "manage.py": "packages/acme/legacy_django/manage.py",
    COMMAND: "packages/acme/src/acme/cli/load.py",
}
MANAGERS = ManagerCommands({"manage.py": {"load": CliCommand("acme-load", "acme.cli.load")}})
PROJECT = '[project.scripts]\nacme-load = "acme.cli.load:main"\nacme-x = "acme.cli.x:main"\n'


def inventory_of(code: str) -> Inventory:
    return take_inventory(Tree.of({**dict.fromkeys(MOVES, ""), "dags/run.py": code}))


def converted(code: str) -> tuple[str, list[Finding]]:
    """Return the code after the conversion, and its findings; the edits are proven."""
    before = inventory_of(code)
    destination = Destination(before.tree, MOVES, (Home("acme", "packages/acme"),))
    made = convert_manager_strings(before, destination, MANAGERS)
    edits = made.edits.get("dags/run.py", ())
    text = apply_edits(code, edits)
    assert proven(before, FileEdit("dags/run.py", edits), text)
    return text, list(made.findings)


def proven(before: Inventory, edited: FileEdit, text: str) -> bool:
    """Tell whether ``code-unchanged`` accepts a file."""
    files = {**dict.fromkeys(MOVES.values(), ""), "packages/acme/pyproject.toml": PROJECT}
    after = take_inventory(Tree.of({**files, "dags/run.py": text}))
    moves = tuple(Move(old, new, "", "") for old, new in MOVES.items())
    plan = Plan("monorepo", "acme", moves=moves, edits=(edited,))
    check = check_code_unchanged(Evidence(after, SRC_LAYOUT, "acme", before=before, plan=plan))
    return check is not None and check.passed


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "t = BashOperator(bash_command='cd /app && python manage.py load --day {{ ds }}')\n",
            "t = BashOperator(bash_command='cd /app && acme-load --day {{ ds }}')\n",
        ),
        (
            'os.system(f"python manage.py load {day} && python manage.py load x")\n',
            'os.system(f"acme-load {day} && acme-load x")\n',
        ),
        (
            'subprocess.run(r"""\nset -e\n./manage.py load\n""", shell=True)\n',
            'subprocess.run(r"""\nset -e\nacme-load\n""", shell=True)\n',
        ),
        (
            'subprocess.run(["python", "manage.py", "load", day])\n',
            'subprocess.run(["python", "-m", "acme.cli.load", day])\n',
        ),
        (
            "x = (sys.executable,\n     '/app/manage.py',\n     'load')\n",
            "x = (sys.executable,\n     '-m',\n     'acme.cli.load')\n",
        ),
        (
            'PodOperator(cmds=["python3", "-u", "manage.py", "load"])\n',
            'PodOperator(cmds=["python3", "-u", "-m", "acme.cli.load"])\n',
        ),
    ],
)
def test_what_is_run_is_the_command(code: str, expected: str) -> None:
    assert converted(code) == (expected, [])


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ('x = 1\nraise Failed("run python manage.py load first")\n', 2),
        ('subprocess.run(["./manage.py", "load"])\n', 1),
        ('run(["docker", "exec", "web", "/app/manage.py", "load"])\n', 1),
        ('run(["python", r"manage.py", "load"])\n', 1),
        ('TEXT = "python manage.py load"\nsubprocess.run(TEXT)\n', 1),
    ],
)
def test_what_is_not_certain_is_reported(code: str, line: int) -> None:
    text, findings = converted(code)
    assert text == code
    assert [(f.code, f.path, f.line) for f in findings] == [
        ("django-manage-kept", "dags/run.py", line)
    ]


def test_options_of_djangos_are_reported() -> None:
    code = (
        'subprocess.run(["python", "manage.py", "load", "--settings=a.b"])\n'
        'os.system("python manage.py load --settings=a.b -v 2")\n'
    )
    text, findings = converted(code)
    assert text == (
        'subprocess.run(["python", "-m", "acme.cli.load", "--settings=a.b"])\n'
        'os.system("acme-load -v 2")\n'
    )
    assert [finding.line for finding in findings] == [1, 2]


@pytest.mark.parametrize(
    "code",
    [
        '"""Run with: python manage.py load"""\n',
        'subprocess.run(["python", "manage.py", "migrate"])\n',
        'subprocess.run(["python", "manage.py"])\nload = "load"\n',
        'subprocess.run("python manage.py load_all", shell=True)\n',
        "# python manage.py load\n",
        'PATHS = ["manage.py", "shop/load"]\n',
        'os.system("echo python manage.py load")\n',
    ],
)
def test_what_only_looks_like_a_command_stays(code: str) -> None:
    assert converted(code) == (code, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"acme.cli.load"', '"acme.cli.x"'),
        ('"-m"', '"-c"'),
        ('"-m", "acme.cli.load"', '"-m", "acme.cli.load", "--all"'),
        ("acme-load -v", "acme-x -v"),
        ("acme-load -v", "acme-load; rm -r x; true -v"),
    ],
)
def test_another_command_is_not_proven(old: str, new: str) -> None:
    code = (
        'subprocess.run(["python", "manage.py", "load"])\nos.system("python manage.py load -v 2")\n'
    )
    before = inventory_of(code)
    destination = Destination(before.tree, MOVES, (Home("acme", "packages/acme"),))
    edits = convert_manager_strings(before, destination, MANAGERS).edits["dags/run.py"]
    text = apply_edits(code, edits)
    assert proven(before, FileEdit("dags/run.py", edits), text)
    bare_old, bare_new = old.strip('"').removesuffix(" -v"), new.strip('"').removesuffix(" -v")
    other = tuple(
        edit._replace(replacement=edit.replacement.replace(bare_old, bare_new)) for edit in edits
    )
    assert other != edits
    assert not proven(before, FileEdit("dags/run.py", other), apply_edits(code, other))
    assert not proven(before, FileEdit("dags/run.py", edits), text.replace(old, new))
