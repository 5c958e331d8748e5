"""Two small functions that commands take from the framework's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)"


def handle_extensions(extensions: Iterable[str]) -> set[str]:
    """Return the file extensions in texts such as ``"html,js"``, each with its dot."""
    found = {name for text in extensions for name in text.replace(" ", "").split(",")}
    return {name if name.startswith(".") else f".{name}" for name in found}


def get_random_secret_key() -> str:
    """Return fifty characters that nobody can guess."""
    return "".join(secrets.choice(_CHARACTERS) for _ in range(50))
