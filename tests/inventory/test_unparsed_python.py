"""Of a module that cannot be parsed, lines show what it defines and whether it is a program."""

from __future__ import annotations

import time

import pytest

from relayout.inventory.unparsed_python import names_seen, seems_program


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def first[T](a: T): ...\nprint 1\n", {"first"}),
        ("async def run():\n    x = 1\nprint 1\n", {"run"}),
        ("class Box[T]:\n    size = 1\n", {"Box"}),
        ("type Pair = tuple\n", {"Pair"}),
        ("RATE = 1\nrate: float = 2\nname : str='a'\n", {"RATE", "rate", "name"}),
        ("a == b\nprint x\n  c = 1\nd.e = 2\nf[0] = 3\n", set()),
        ("x = 1\r\ndef f(): pass\r\n", {"x", "f"}),
        ("", set()),
    ],
)
def test_names(text: str, names: set[str]) -> None:
    assert names_seen(text.encode()) == names


@pytest.mark.parametrize(
    ("text", "is_program"),
    [
        ('print 1\nif __name__ == "__main__":\n    main()\n', True),
        ("if  __name__=='__main__' :\n", True),
        ("def f():\n    if __name__ == '__main__': pass\n", False),
        ("print '__main__'\n", False),
    ],
)
def test_programs(text: str, is_program: bool) -> None:
    assert seems_program(text.encode()) is is_program


@pytest.mark.parametrize("content", [b"\0x = 1\n", b"\xff\xfe", b"\x80def f(): pass"])
def test_binary_content_shows_nothing(content: bytes) -> None:
    assert names_seen(content) == set()
    assert not seems_program(content)


@pytest.mark.parametrize(
    "line", ["x" * 1_000_000, "x:" * 500_000, "x " * 500_000, "def " * 250_000]
)
def test_long_lines_are_read_in_time(line: str) -> None:
    begin = time.perf_counter()
    names_seen(f"{line}\n".encode())
    assert time.perf_counter() - begin < 2
