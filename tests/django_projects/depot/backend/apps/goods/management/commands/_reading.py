"""What several commands read with."""

from django.core.management.base import CommandError


def names(text):
    found = [part.strip() for part in text.split(",") if part.strip()]
    if not found:
        raise CommandError("not a single name", returncode=9)
    return found
