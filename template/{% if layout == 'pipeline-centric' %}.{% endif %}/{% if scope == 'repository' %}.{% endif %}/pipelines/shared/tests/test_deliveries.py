"""Files are read as they are, or refused with a reason."""

from pathlib import Path

import pytest

from pipelines.shared.utilities.deliveries import (
    Deliveries,
    DeliveryError,
    load_columns,
    read_delivery,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "2025-07-01.csv"


def test_values_are_the_text_that_is_there(file: Path) -> None:
    file.write_bytes('\ufeffid,note,more\n007,"NA, null",x\n,\'",y\n'.encode())
    table = read_delivery(file, ["note", "id"])
    assert list(table.columns) == ["note", "id"]
    assert table.to_numpy().tolist() == [["NA, null", "007"], ["'\"", ""]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no CSV file with a header"),
        (b"\xff\xfe\x00", "no CSV file with a header"),
        (b'id,note\n1,"open\n', "no CSV file with a header"),
        (b"id\n1\n", "lacks note"),
        (b"id,note,id\n1,2,3\n", "a name twice"),
        (b"id,note\n1,2\n1\n", "row 2 has 1 values for 2 columns"),
        (b"id,note\n1,2,3\n", "row 1 has 3 values for 2 columns"),
    ],
)
def test_a_file_that_is_not_what_was_agreed_is_refused(
    file: Path, content: bytes, reason: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(DeliveryError, match=reason):
        read_delivery(file, ["id", "note"])


def test_all_files_come_in_one_table(tmp_path: Path) -> None:
    for name, row in (("b.csv", "2"), ("a.csv", "1"), ("c.txt", "3")):
        (tmp_path / name).write_text(f"id\n{row}\n", encoding="utf-8")
    table = Deliveries(pattern=str(tmp_path / "*.csv")).read(["id"])
    assert list(table.columns) == ["id", *load_columns()]
    assert table[["id", "source_file"]].to_numpy().tolist() == [["1", "a.csv"], ["2", "b.csv"]]
    assert table["loaded_at"].nunique() == 1


def test_that_nothing_was_delivered_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match=r"no file has been delivered: .*\*\.csv"):
        Deliveries(pattern=str(tmp_path / "*.csv")).read(["id"])
