"""Aware and naive times, as the project's ``TIME_ZONE`` and ``USE_TZ`` have them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

TIME_ZONE = "UTC"
USE_TZ = True

utc = timezone.utc


@lru_cache(maxsize=1)
def get_default_timezone() -> tzinfo:
    """Return the time zone of the project."""
    return ZoneInfo(TIME_ZONE)


def get_default_timezone_name() -> str:
    """Return the name of the project's time zone now."""
    return _name_of(get_default_timezone())


def get_current_timezone() -> tzinfo:
    """Return the time zone that is in force: that of the project."""
    return get_default_timezone()


def get_current_timezone_name() -> str:
    """Return the name of the time zone that is in force, now."""
    return _name_of(get_current_timezone())


def get_fixed_timezone(offset: timedelta | float) -> timezone:
    """Return a time zone with an offset from UTC, which is in minutes if it is a number."""
    minutes = offset.total_seconds() // 60 if isinstance(offset, timedelta) else offset
    sign = "-" if minutes < 0 else "+"
    name = f"{sign}{int(abs(minutes)) // 60:02}{int(abs(minutes)) % 60:02}"
    return timezone(timedelta(minutes=minutes), name)


def now() -> datetime:
    """Return the time now: aware and in UTC, or naive in the project's time zone."""
    if USE_TZ:
        return datetime.now(tz=timezone.utc)
    return datetime.now(tz=get_default_timezone()).replace(tzinfo=None)


def is_aware(value: datetime) -> bool:
    """Tell whether a time has an offset from UTC."""
    return value.utcoffset() is not None


def is_naive(value: datetime) -> bool:
    """Tell whether a time has no offset from UTC."""
    return value.utcoffset() is None


def make_aware(value: datetime, timezone: tzinfo | None = None) -> datetime:
    """Return a naive time as one of a time zone. Raises ValueError if it is aware."""
    if is_aware(value):
        raise ValueError(f"make_aware expects a naive datetime, got {value}")
    return value.replace(tzinfo=get_current_timezone() if timezone is None else timezone)


def make_naive(value: datetime, timezone: tzinfo | None = None) -> datetime:
    """Return an aware time as a naive one of a time zone. Raises ValueError if it is naive."""
    if is_naive(value):
        raise ValueError("make_naive() cannot be applied to a naive datetime")
    zone = get_current_timezone() if timezone is None else timezone
    return value.astimezone(zone).replace(tzinfo=None)


def localtime(value: datetime | None = None, timezone: tzinfo | None = None) -> datetime:
    """Return a time, or the time now, in a time zone. Raises ValueError if it is naive."""
    time = now() if value is None else value
    if is_naive(time):
        raise ValueError("localtime() cannot be applied to a naive datetime")
    return time.astimezone(get_current_timezone() if timezone is None else timezone)


def localdate(value: datetime | None = None, timezone: tzinfo | None = None) -> date:
    """Return the day of a time, or of the time now, in a time zone."""
    return localtime(value, timezone).date()


def _name_of(zone: tzinfo) -> str:
    return zone.tzname(None) or str(zone)
