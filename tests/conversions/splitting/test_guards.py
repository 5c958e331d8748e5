"""The main guard of a module that is cut imports what went away for itself."""

from __future__ import annotations

from relayout.verification.split_unchanged import split_problems
from splitting import MODULE, Outcome, split_files

CODE = """\
import dagster as dg


@dg.asset
def orders():
    # reads
    return 1


@dg.asset_check(asset=orders)
def fresh():
    return 1
"""


def text(guard: str) -> str:
    """Return what stays of a module with a guard, in which the check finds nothing wrong."""
    outcome: Outcome = split_files({MODULE: CODE + guard})
    assert split_problems(outcome.before, outcome.after, outcome.splits) == []
    return outcome.text("orders")


def test_imports_come_before_the_code() -> None:
    stays = text('\n\nif __name__ == "__main__":\n    # check\n    print(fresh, orders)\n')
    assert stays.endswith(
        '\n\nif __name__ == "__main__":\n    # check\n'
        "    from flow.defs.orders_checks import fresh\n    print(fresh, orders)\n"
    )
    assert "orders_checks" not in stays.partition("if __name__")[0]


def test_guard_on_one_line() -> None:
    stays = text('\n\nif __name__ == "__main__": print(fresh)\n')
    assert stays.endswith(
        'if __name__ == "__main__": from flow.defs.orders_checks import fresh; print(fresh)\n'
    )


def test_guard_that_needs_nothing_else() -> None:
    guard = '\n\nif __name__ == "__main__":\n\tprint(orders)\n'
    assert text(guard).endswith(guard)


def test_guard_with_tabs_and_other_line_ends() -> None:
    guard = '\n\nif __name__ == "__main__":\n\tprint(fresh)\n'
    outcome = split_files({MODULE: (CODE + guard).replace("\n", "\r\n").encode()})
    assert outcome.text("orders").endswith(
        "\r\n\tfrom flow.defs.orders_checks import fresh\r\n\tprint(fresh)\r\n"
    )
