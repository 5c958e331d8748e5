"""Dates and times that are written as ISO 8601 has them, or nearly so."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

_DAY = r"(\d{4})-(\d\d?)-(\d\d?)"
_CLOCK = r"(\d\d?):(\d\d?)(?::(\d\d?)(?:[.,](\d{1,6})\d{0,6})?)?"


def parse_date(value: str) -> date | None:
    """Return a date, or None if the text is not written as one. Raises ValueError."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        match = re.match(rf"{_DAY}$", value)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    return date(year, month, day)


def parse_time(value: str) -> time | None:
    """Return a time without a zone, or None if the text is not written as one.

    Raises ValueError.
    """
    try:
        return time.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        match = re.match(rf"{_CLOCK}$", value)
    return None if match is None else time(*_clock(match.groups()))


def parse_datetime(value: str) -> datetime | None:
    """Return a date and time, aware if an offset stands behind it; None if it is no such text.

    Raises ValueError.
    """
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        match = re.match(rf"{_DAY}[T ]{_CLOCK}\s*(Z|[+-]\d\d(?::?\d\d)?)?$", value)
    if match is None:
        return None
    year, month, day = map(int, match.groups()[:3])
    hour, minute, second, microsecond = _clock(match.groups()[3:7])
    return datetime(year, month, day, hour, minute, second, microsecond, _zone(match.group(8)))


def _clock(parts: tuple[str | None, ...]) -> tuple[int, int, int, int]:
    """Return hour, minute, second and microsecond; of a fraction, its first digits are there."""
    hour, minute, second, fraction = parts
    return int(hour or 0), int(minute or 0), int(second or 0), int((fraction or "").ljust(6, "0"))


def _zone(offset: str | None) -> timezone | None:
    if offset is None:
        return None
    if offset == "Z":
        return timezone.utc
    hours, minutes = offset[1:3], offset[3:].lstrip(":") or "00"
    total = 60 * int(hours) + int(minutes)
    name = f"{offset[0] if total else '+'}{total // 60:02}{total % 60:02}"
    return timezone(timedelta(minutes=-total if offset[0] == "-" else total), name)
