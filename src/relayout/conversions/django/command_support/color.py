"""The colours of what a command writes, and the variable ``DJANGO_COLORS`` that chooses them.

The grammar is that of https://docs.djangoproject.com/en/5.2/ref/django-admin/#syntax-coloring:
``palette;role=foreground/background,option,option;...``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

# A role's codes are those of "select graphic rendition" in ECMA-48.
_COLORS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_OPTIONS = {"bold": "1", "underscore": "4", "blink": "5", "reverse": "7", "conceal": "8"}

_DARK = {
    "ERROR": "31;1",
    "SUCCESS": "32;1",
    "WARNING": "33;1",
    "NOTICE": "31",
    "SQL_FIELD": "32;1",
    "SQL_COLTYPE": "32",
    "SQL_KEYWORD": "33",
    "SQL_TABLE": "1",
    "HTTP_INFO": "1",
    "HTTP_SUCCESS": "",
    "HTTP_REDIRECT": "32",
    "HTTP_NOT_MODIFIED": "36",
    "HTTP_BAD_REQUEST": "31;1",
    "HTTP_NOT_FOUND": "33",
    "HTTP_SERVER_ERROR": "35;1",
    "MIGRATE_HEADING": "36;1",
    "MIGRATE_LABEL": "1",
}
_PALETTES: Mapping[str, Mapping[str, str]] = {
    "dark": _DARK,
    "light": {
        **_DARK,
        "SQL_KEYWORD": "34",
        "HTTP_REDIRECT": "32;1",
        "HTTP_NOT_MODIFIED": "32",
        "HTTP_NOT_FOUND": "31",
    },
    "nocolor": dict.fromkeys(_DARK, ""),
}


class Style:
    """One function for each role (``style.ERROR("text")``), which returns the text coloured."""

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        """Refuse a role that this style does not have."""
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


def supports_color() -> bool:
    """Return whether standard output is a terminal that understands colours."""
    if sys.platform == "win32" and not (
        {"ANSICON", "WT_SESSION"} & os.environ.keys() or os.environ.get("TERM_PROGRAM") == "vscode"
    ):
        return False
    return hasattr(sys.stdout, "isatty") and sys.stdout.isatty()


def make_style(config_string: str = "") -> Style:
    """Return the style that a text in the grammar of ``DJANGO_COLORS`` describes."""
    codes = _codes(config_string) if config_string else _PALETTES["dark"]
    style = Style()
    for role in _DARK:
        setattr(style, role, partial(_colored, codes[role]) if codes else _plain)
    style.ERROR_OUTPUT = style.ERROR  # type: ignore[attr-defined]
    return style


def color_style(force_color: bool = False) -> Style:
    """Return the style of the environment, or one without colours if output cannot show them."""
    if not force_color and not supports_color():
        return no_style()
    return make_style(os.environ.get("DJANGO_COLORS", ""))


@cache
def no_style() -> Style:
    """Return the style that leaves every text as it is."""
    return make_style("nocolor")


def _codes(config: str) -> Mapping[str, str] | None:
    """Return the codes of each role, or None if nothing is coloured."""
    codes = dict(_PALETTES["nocolor"])
    for part in config.lower().split(";"):
        if part in _PALETTES:
            codes.update(_PALETTES[part])
        elif "=" in part:
            role, colors, *_ = part.split("=")
            wanted = _code(colors)
            if role.upper() in codes and wanted:
                codes[role.upper()] = wanted
    return codes if any(codes.values()) else None


def _code(described: str) -> str:
    """Return the codes of ``foreground/background,option``; what is no colour is ignored."""
    colors, *options = described.split(",")
    pairs = zip("34", colors.split("/"), strict=False)  # a third one is ignored
    found = [plane + str(_COLORS.index(color)) for plane, color in pairs if color in _COLORS]
    return ";".join([*found, *(_OPTIONS[name] for name in reversed(options) if name in _OPTIONS)])


def _colored(code: str, text: object = "") -> str:
    return f"\x1b[{code}m{'' if text is None else text}\x1b[0m"


def _plain(text: Any) -> Any:
    return text
