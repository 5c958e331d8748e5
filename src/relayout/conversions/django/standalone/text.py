"""Texts made into names."""

from __future__ import annotations

import re
import unicodedata
from typing import Any


def slugify(value: Any, allow_unicode: bool = False) -> str:
    """Return a text as a part of an address: lower-case letters, digits, ``_`` and single dashes.

    Accents are taken off and what is not ASCII is left out, or kept with ``allow_unicode``.
    """
    text = str(value)
    if allow_unicode:
        text = unicodedata.normalize("NFKC", text)
    else:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^\w\s-]", "", text.lower())
    return re.sub(r"[-\s]+", "-", words).strip("-_")


def capfirst(x: Any) -> Any:
    """Return a text with its first letter in upper case; what is empty stays as it is."""
    if not x:
        return x
    text = str(x)
    return text[0].upper() + text[1:]
