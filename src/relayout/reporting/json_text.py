"""JSON that any reader takes, whatever the names of files are."""

from __future__ import annotations

import json
from typing import Any


def _plain(text: str) -> str:
    """Return text that any JSON reader takes: bytes of odd file names are shown as escapes."""
    return text.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")


def _document(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, dict):
        return {_plain(str(key)): _document(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_document(item) for item in value]
    return value


def dump(document: Any) -> str:
    """Return a document as JSON text."""
    return json.dumps(_document(document), ensure_ascii=False, indent=2)
