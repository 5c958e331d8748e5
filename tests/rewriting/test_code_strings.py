"""Only files that may run a program from a string are looked at."""

import pytest

from relayout.rewriting.code_strings import may_run_strings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('run(["python", "-c", "import shop"])', True),
        ("run([sys.executable, '-'], input=PROGRAM)", True),
        ('exec("import shop")', True),
        ('print("import shop")', False),
    ],
)
def test_may_run_strings(text: str, expected: bool) -> None:
    assert may_run_strings(text) is expected
