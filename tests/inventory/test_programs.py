"""What a module is when it is run: its main guard, what it does by itself, and its ``main``."""

import ast

import pytest

from relayout.inventory.programs import acts, is_main_guard, main_problem


@pytest.mark.parametrize(
    ("code", "is_guard"),
    [
        ('if __name__ == "__main__":\n    main()\n', True),
        ('if "__main__" == __name__:\n    main()\n', True),
        ('if __name__ == "orders":\n    main()\n', False),
        ('while __name__ == "__main__":\n    main()\n', False),
    ],
)
def test_a_main_guard(code: str, is_guard: bool) -> None:
    assert is_main_guard(ast.parse(code).body[0]) is is_guard


@pytest.mark.parametrize(
    ("code", "does"),
    [
        ("load()", True),
        ("for day in days:\n    load(day)\n", True),
        ('sys.path.append("lib")', False),
        ("logging.basicConfig()", False),
        ("DAY = today()", False),
    ],
)
def test_what_a_statement_does_by_itself(code: str, does: bool) -> None:
    assert acts(ast.parse(code).body[0]) is does


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("x = 1\n", None),
        ("def main():\n    pass\n", ""),
        ("def main(day=None):\n    pass\n", ""),
        ("def main(day):\n    pass\n", "main needs 1 argument(s)"),
        (
            "async def main():\n    pass\n",
            "main is a coroutine function, which an entry point would not await",
        ),
        (
            'def main():\n    pass\n\nif __name__ == "__main__":\n    connect()\n    main()\n',
            "its main guard does more than main()",
        ),
    ],
)
def test_whether_main_can_be_a_console_script(code: str, problem: str | None) -> None:
    assert main_problem(ast.parse(code)) == problem
