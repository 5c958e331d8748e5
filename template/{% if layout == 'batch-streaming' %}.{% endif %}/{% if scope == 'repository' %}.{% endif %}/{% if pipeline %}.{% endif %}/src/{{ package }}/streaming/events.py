"""A sale as an event: how it is written, and what it must look like to be landed.

An event's value is one JSON object in UTF-8 (RFC 8259), its key the sale's id, so that all versions
of a sale are in one partition, in order. The event itself has an id too, in the header `event_id`.
"""

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

EVENT_ID = "event_id"
LARGEST_QUANTITY = 2**31 - 1

_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


class BadEventError(Exception):
    """The event cannot be landed; the message says why."""


@dataclass(frozen=True, slots=True)
class Sale:
    """One version of a sale. Of several with the same id, the latest `updated_at` holds."""

    sale_id: str
    sold_at: str
    store: str
    product: str
    quantity: int
    unit_price: str
    updated_at: str


_FIELDS = tuple(field.name for field in fields(Sale))
_TEXTS = tuple(field.name for field in fields(Sale) if field.type is str)


def encode(sale: Sale) -> bytes:
    """Return the value of the event."""
    return json.dumps(asdict(sale), ensure_ascii=False, separators=(",", ":")).encode()


def decode(value: bytes | None) -> Sale:
    """Return the sale that a value tells of. Fields that nobody knows are allowed, and left out.

    Raises:
        BadEventError: It is no JSON, or a field is missing or makes no sense.
    """
    found = _json_object(value)
    missing = [name for name in _FIELDS if name not in found]
    if missing:
        raise BadEventError(f"missing: {', '.join(missing)}")
    _check(found)
    return Sale(**{name: found[name] for name in _FIELDS})


def _json_object(value: bytes | None) -> dict[str, Any]:
    if not value:
        raise BadEventError("empty")
    try:
        found = json.loads(value.decode())
    except (ValueError, RecursionError) as error:
        raise BadEventError(f"no JSON: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise BadEventError("no JSON object")
    return found


def _check(found: dict[str, Any]) -> None:
    """Raise BadEventError if a value makes no sense."""
    for name in _TEXTS:
        text = found[name]
        if not isinstance(text, str) or not text.strip():
            raise BadEventError(f"{name}: no text")
        if not text.isprintable():  # a lone surrogate or NUL, which no database takes
            raise BadEventError(f"{name}: not printable")
    quantity = found["quantity"]
    if type(quantity) is not int or not 0 < quantity <= LARGEST_QUANTITY:
        raise BadEventError("quantity: no whole number above zero")
    if not _AMOUNT.fullmatch(found["unit_price"]):
        raise BadEventError("unit_price: no amount")
    for name in ("sold_at", "updated_at"):
        if not _is_moment(found[name]):
            raise BadEventError(f"{name}: no ISO 8601 time with a zone")


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
