"""Bytes in addresses."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode


def urlsafe_base64_encode(s: bytes) -> str:
    """Return bytes as text that may stand in an address, without the padding at its end."""
    return urlsafe_b64encode(s).decode("ascii").rstrip("=")


def urlsafe_base64_decode(s: str | bytes) -> bytes:
    """Return the bytes that such a text stands for. Raises ValueError."""
    encoded = s.encode() if isinstance(s, str) else s
    return urlsafe_b64decode(encoded + b"=" * (-len(encoded) % 4))
