"""Text as bytes, and bytes as text."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

_PLAIN = (type(None), int, float, Decimal, datetime.datetime, datetime.date, datetime.time)


def force_str(
    s: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Return something as text; with ``strings_only``, numbers, times and None stay as they are."""
    if strings_only and isinstance(s, _PLAIN):
        return s
    return str(s, encoding, errors) if isinstance(s, bytes) else str(s)


def smart_str(
    s: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Return something as text, as ``force_str`` does."""
    return force_str(s, encoding, strings_only, errors)


def force_bytes(
    s: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Return something as bytes; with ``strings_only``, numbers, times and None stay."""
    if isinstance(s, bytes):
        return s if encoding == "utf-8" else s.decode("utf-8", errors).encode(encoding, errors)
    if strings_only and isinstance(s, _PLAIN):
        return s
    return bytes(s) if isinstance(s, memoryview) else str(s).encode(encoding, errors)


def smart_bytes(
    s: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Return something as bytes, as ``force_bytes`` does."""
    return force_bytes(s, encoding, strings_only, errors)
