"""Random texts, and comparing secrets."""

from __future__ import annotations

import secrets
import string
from typing import Any

RANDOM_STRING_CHARS = string.ascii_lowercase + string.ascii_uppercase + string.digits


def get_random_string(length: int, allowed_chars: str = RANDOM_STRING_CHARS) -> str:
    """Return so many characters, each chosen at random in a way that cannot be foreseen."""
    return "".join(secrets.choice(allowed_chars) for _ in range(length))


def constant_time_compare(val1: Any, val2: Any) -> bool:
    """Tell whether two secrets are equal, in a time that does not say where they differ."""
    return secrets.compare_digest(_bytes(val1), _bytes(val2))


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
