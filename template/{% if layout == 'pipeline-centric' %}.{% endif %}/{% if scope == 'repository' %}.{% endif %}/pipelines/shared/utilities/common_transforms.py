"""Changes of tables that many pipelines need. Each returns a new table and leaves its own alone."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

# A time of day, and after it an offset: 2025-07-01T08:00+02:00, 2025-07-01 06:00:00Z.
OFFSET = r"\d{2}:\d{2}.*(?:Z|[+-]\d{2}(?::?\d{2})?)$"


class TimestampError(ValueError):
    """A value is no timestamp; the message names the column, the row and the value."""


def standardize_timestamps(
    table: pd.DataFrame, columns: Sequence[str], timezone: str = "UTC"
) -> pd.DataFrame:
    """Return the table with timestamps in UTC, written without a zone, to the microsecond.

    Texts are read as ISO 8601. One that names no offset is a local time of `timezone`. What is
    empty stays empty.

    Raises:
        TimestampError: a value is no timestamp, or a local time that is there twice or never
            because clocks were changed.
        KeyError: the table lacks a column.
    """
    return table.assign(**{name: _in_utc(table[name], timezone) for name in columns})


def _in_utc(values: "pd.Series[Any]", timezone: str) -> "pd.Series[pd.Timestamp]":
    text = values.astype("string").str.strip()
    text = text.mask(text == "")
    with_offset = text.str.contains(OFFSET, regex=True).fillna(False).astype(bool)
    absolute = _read(text.where(with_offset))
    local = _read(text.mask(with_offset)).dt.tz_localize(None)
    in_zone = local.dt.tz_localize(timezone, ambiguous="NaT", nonexistent="NaT")
    result = absolute.fillna(in_zone.dt.tz_convert("UTC")).dt.tz_localize(None)
    wrong = text[result.isna() & text.notna()]
    if len(wrong):
        row, value = next(iter(wrong.items()))
        raise TimestampError(f"{values.name}, row {row}: {value!r} is no timestamp in {timezone}")
    return result.astype("datetime64[us]")


def _read(text: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    return pd.to_datetime(text, format="ISO8601", utc=True, errors="coerce")
