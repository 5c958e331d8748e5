"""Text in HTML."""

from __future__ import annotations

import html
from typing import Any


def escape(text: Any) -> str:
    """Return a text in which the characters that mean something in HTML stand for themselves."""
    return html.escape(str(text))
