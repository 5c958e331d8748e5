"""Texts that are shown as they are written: nothing translates them."""

from __future__ import annotations

USE_I18N = True


def gettext(message: str) -> str:
    """Return a text as it is shown."""
    return _shown(message)


def gettext_lazy(message: str) -> str:
    """Return a text as it is shown."""
    return _shown(message)


def gettext_noop(message: str) -> str:
    """Return a text as it is."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the text for a number of things."""
    return singular if number == 1 else plural


def pgettext(context: str, message: str) -> str:
    """Return a text; the context says what it is about."""
    return message


def pgettext_lazy(context: str, message: str) -> str:
    """Return a text; the context says what it is about."""
    return pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, number: int) -> str:
    """Return the text for a number of things; the context says what it is about."""
    return ngettext(singular, plural, number)


def _shown(message: str) -> str:
    """Return a text with the line ends that a catalogue has, where catalogues are looked up."""
    return message.replace("\r\n", "\n").replace("\r", "\n") if USE_I18N else message
