"""Errors that the package raises and catches itself."""

from __future__ import annotations


class ImproperlyConfigured(Exception):
    """Something is not configured as it has to be."""


class PermissionDenied(Exception):
    """Something is not allowed."""


class SuspiciousOperation(Exception):
    """Something was asked for that nobody asks for in good faith."""


class SuspiciousFileOperation(SuspiciousOperation):
    """A file was asked for that nobody asks for in good faith."""


class ObjectDoesNotExist(Exception):
    """What was asked for is not there."""


class MultipleObjectsReturned(Exception):
    """One was asked for, and there are several."""
