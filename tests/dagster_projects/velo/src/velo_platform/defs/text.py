# Text functions. Nothing of Dagster in here!
import re
from datetime import date

_SPACES = re.compile(r"\s+")
EMPTY = ("", "-", "n/a")


def squeeze(value):
    """One space between words, none around them."""
    return _SPACES.sub(" ", value).strip()


def to_number(value, default = 0.0):
    value = squeeze(value)
    return default if value in EMPTY else float(value.replace(",", "."))


def to_day(value): return date.fromisoformat(squeeze(value))
