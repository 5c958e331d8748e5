"""An edit of a call of a manager must lead to the module that the command was in."""

from __future__ import annotations

import pytest

from relayout.rewriting.manager_commands import KIND
from relayout.source import Edit
from relayout.tree import Tree
from relayout.verification.manager_calls import replaced_calls

TEXT = "x\npython manage.py load_orders --settings=a.b --all\n"
CALL = TEXT.index("python"), TEXT.index(" --settings")
OPTION = TEXT.index(" --settings"), TEXT.index(" --all")
TARGETS = {
    "manage.py": "packages/acme/legacy_django/manage.py",
    "shop/management/commands/load_orders.py": "packages/acme/src/acme/cli/load_orders.py",
    "shop/management/commands/send.py": "packages/acme/src/acme/cli/send.py",
}
PROJECT = """
[project.scripts]
acme-load-orders = "acme.cli.load_orders:main"
acme-send = "acme.cli.send:main"
[tool.poetry.scripts]
acme-load = "acme.cli.load_orders:main"
acme-lost = "acme.cli.lost:main"
"""
AFTER = Tree.of({**dict.fromkeys(TARGETS.values(), ""), "packages/acme/pyproject.toml": PROJECT})


def judged(new: str, span: tuple[int, int] = CALL, kind: str = KIND) -> tuple[bool, int]:
    """Return whether the manager need not be named any more, and the number of problems."""
    calls = replaced_calls(TEXT, [Edit(*span, new, kind)], AFTER, TARGETS)
    return calls.hold(TEXT.index("manage.py")), len(calls.problems)


@pytest.mark.parametrize(
    "new",
    ["acme-load-orders", '"acme-load"', "-m acme.cli.load_orders", '-m", "acme.cli.load_orders'],
)
def test_what_leads_to_the_command_is_right(new: str) -> None:
    assert judged(new) == (True, 0)


@pytest.mark.parametrize(
    "new",
    [
        "acme-send",
        "acme-lost",
        "acme-none",
        "",
        "acme-load-orders; rm -r x",
        "-m acme.cli.send",
        "-m acme.cli.load_orders; x",
    ],
)
def test_what_leads_elsewhere_is_not(new: str) -> None:
    assert judged(new) == (False, 1)


def test_options_of_djangos_may_go_and_no_others() -> None:
    assert judged("", OPTION) == (False, 0)
    assert judged("", (OPTION[0], len(TEXT) - 1)) == (False, 1)
    assert judged("", (OPTION[1], len(TEXT) - 1)) == (False, 1)


def test_a_call_may_begin_with_the_manager() -> None:
    start = TEXT.index("manage.py")
    assert judged("-m acme.cli.load_orders", (start, CALL[1])) == (True, 0)


def test_other_edits_are_not_looked_at() -> None:
    assert judged("acme-send", kind="shell") == (False, 0)
