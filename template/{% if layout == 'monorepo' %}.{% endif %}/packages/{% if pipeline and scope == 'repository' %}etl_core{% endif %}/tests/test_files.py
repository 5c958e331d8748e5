"""A file is there whole, or as it was."""

import os
from pathlib import Path

import pytest

from etl_core.files import write_whole


def test_the_text_is_there_and_everybody_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    write_whole(path, "größer\n")
    assert path.read_bytes() == "größer\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "b.txt"
    write_whole(path, "before\n")

    def fail(*arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(*((os, "fsync") if broken == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, "after\n")
    assert path.read_text(encoding="utf-8") == "before\n"
    assert list(tmp_path.iterdir()) == [path]
