import pytest

from velo_platform.defs.text import *
from velo_platform.defs.text import _SPACES


def test_squeeze():
    assert squeeze("  a \n b ") == "a b"
    assert _SPACES.pattern == r"\s+"


@pytest.mark.parametrize("value", EMPTY)
def test_empty(value):
    assert to_number(value, -1) == -1


def test_day():
    assert to_day("2024-03-01 ").year == 2024
