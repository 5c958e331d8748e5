"""Timestamps end up in UTC, or the table is refused."""

import pandas as pd
import pytest

from pipelines.shared.utilities.common_transforms import TimestampError, standardize_timestamps


def in_utc(*values: object, timezone: str = "UTC") -> list[str | None]:
    table = standardize_timestamps(pd.DataFrame({"at": values}), ["at"], timezone)
    assert table["at"].dtype == "datetime64[us]"
    return [None if pd.isna(value) else value.isoformat() for value in table["at"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-07-01T08:15:00+02:00", "2025-07-01T06:15:00"),
        ("2025-07-01 08:15:00-0330", "2025-07-01T11:45:00"),
        ("2025-07-01T08:15:00+02", "2025-07-01T06:15:00"),
        ("2025-07-01T06:15:00.123456Z", "2025-07-01T06:15:00.123456"),
        (" 2025-07-01 06:15 ", "2025-07-01T06:15:00"),
        ("2025-07-01", "2025-07-01T00:00:00"),
        (pd.Timestamp("2025-07-01 08:15", tz="Europe/Oslo"), "2025-07-01T06:15:00"),
        (pd.Timestamp("2025-07-01 06:15"), "2025-07-01T06:15:00"),
    ],
)
def test_a_timestamp_is_in_utc(value: object, expected: str) -> None:
    assert in_utc(value) == [expected]


def test_one_column_may_have_many_forms() -> None:
    assert in_utc("2025-07-01T08:00+02:00", "2025-07-01 06:30", "2025-01-01T00:00Z") == [
        "2025-07-01T06:00:00",
        "2025-07-01T06:30:00",
        "2025-01-01T00:00:00",
    ]


def test_a_local_time_is_one_of_its_zone() -> None:
    assert in_utc("2025-07-01 08:00", "2025-01-01 08:00", timezone="Europe/Oslo") == [
        "2025-07-01T06:00:00",
        "2025-01-01T07:00:00",
    ]


def test_what_is_empty_stays_empty() -> None:
    assert in_utc("", None, "  ", "2025-07-01") == [None, None, None, "2025-07-01T00:00:00"]
    assert in_utc() == []


@pytest.mark.parametrize("value", ["yesterday", "01.07.2025", "2025-13-01", "2025-07-01T25:00Z"])
def test_what_is_no_timestamp_is_named(value: str) -> None:
    with pytest.raises(TimestampError, match=f"at, row 1: '{value}' is no timestamp"):
        in_utc("2025-07-01", value)


@pytest.mark.parametrize("value", ["2025-03-30 02:30", "2025-10-26 02:30"])
def test_a_local_time_that_is_not_certain_is_refused(value: str) -> None:
    """Clocks went over it, or showed it twice."""
    with pytest.raises(TimestampError, match="Europe/Oslo"):
        in_utc(value, timezone="Europe/Oslo")


def test_other_columns_and_the_table_itself_stay_as_they_are() -> None:
    table = pd.DataFrame({"at": ["2025-07-01T08:00+02:00"], "text": [" x "]}, index=[7])
    before = table.copy()
    after = standardize_timestamps(table, ["at"])
    pd.testing.assert_frame_equal(table, before)
    assert list(after["text"]) == [" x "]
    assert list(after.index) == [7]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="at"):
        standardize_timestamps(pd.DataFrame({"text": ["x"]}), ["at"])
