"""JSON with dates, times, durations, decimals and UUIDs as text."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID


class DjangoJSONEncoder(json.JSONEncoder):
    """Writes times to the millisecond, and durations as ISO 8601 has them."""

    def default(self, o: Any) -> Any:
        """Return what JSON has for a value. Raises TypeError, and ValueError for aware times."""
        if isinstance(o, datetime):
            text = o.isoformat()
            if o.microsecond:
                text = f"{text[:23]}{text[26:]}"
            return f"{text[:-6]}Z" if text.endswith("+00:00") else text
        if isinstance(o, time):
            if o.utcoffset() is not None:
                raise ValueError("JSON can't represent timezone-aware times.")
            text = o.isoformat()
            return text[:12] if o.microsecond else text
        if isinstance(o, timedelta):
            return _duration(o)
        if isinstance(o, date):
            return o.isoformat()
        return str(o) if isinstance(o, Decimal | UUID) else super().default(o)


def _duration(value: timedelta) -> str:
    sign = "-" if value < timedelta(0) else ""
    size = abs(value)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{size.microseconds:06}" if size.microseconds else ""
    return f"{sign}P{size.days}DT{hours:02}H{minutes:02}M{seconds:02}{fraction}S"
