"""Tables as CSV text: UTF-8, commas, a header."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


class TableError(ValueError):
    """The content is no table with the columns that are needed; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the line it ends on. `problem` says why it could not be split into columns."""

    line: int
    values: Mapping[str, str]
    problem: str = ""


def read(content: bytes, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a table. Columns are found by their names; further ones are kept.

    Raises:
        TableError: it is not UTF-8 or not CSV, or a column is missing or there twice.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"not UTF-8 at byte {error.start}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check(header, columns)
        return [_row(reader.line_num, header, fields) for fields in reader if fields]
    except csv.Error as error:
        raise TableError(f"line {reader.line_num}: {error}") from error


def write(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table; the same rows give the same bytes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _check(header: list[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise TableError(f"the header lacks {', '.join(missing)}")
    twice = [name for name in columns if header.count(name) > 1]
    if twice:
        raise TableError(f"the header has {', '.join(twice)} twice")


def _row(line: int, header: list[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        return Row(line, {}, f"the header has {len(header)} columns, the row {len(fields)}")
    return Row(line, dict(zip(header, fields, strict=True)))
