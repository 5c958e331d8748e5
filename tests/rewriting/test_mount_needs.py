import pytest

from relayout.rewriting.mount_needs import seen_at
from relayout.rewriting.mount_places import Mounted

MOUNTED = [Mounted("a", "/app"), Mounted("b/c", "/app/x"), Mounted("f.sql", "/app/x/f.sql")]


@pytest.mark.parametrize(
    ("absolute", "path"),
    [
        ("/app", "a"),
        ("/app/y/z", "a/y/z"),
        ("/app/xy", "a/xy"),
        ("/app/x", "b/c"),
        ("/app/x/y", "b/c/y"),
        ("/app/x/f.sql", "f.sql"),
        ("/application", None),
        ("/", None),
    ],
)
def test_the_innermost_mount_says_what_is_seen(absolute: str, path: str | None) -> None:
    assert seen_at(absolute, MOUNTED) == path
