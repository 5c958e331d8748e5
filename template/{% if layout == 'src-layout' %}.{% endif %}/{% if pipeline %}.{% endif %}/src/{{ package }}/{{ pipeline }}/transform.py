"""From a row of text to an order line, or to the reason why it is none. No files, no database."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "order_number",
    "line_number",
    "customer",
    "sku",
    "quantity",
    "unit_price",
    "ordered_on",
)

_ORDER_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,7}")
_PRICE = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class RawRow:
    """A row as its source has it. `problem` says why it could not even be split into fields."""

    line: int
    values: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class OrderLine:
    """One line of one order, valid."""

    order_number: str
    line_number: int
    customer: str
    sku: str
    quantity: int
    unit_price_cents: int
    total_cents: int
    ordered_on: date


@dataclass(frozen=True)
class Reject:
    """A row that is not loaded, and why."""

    row: RawRow
    reason: str


class InvalidRowError(ValueError):
    """A row breaks a rule; the message is the reason that the report counts."""


def outcomes(rows: Iterable[RawRow]) -> Iterator[OrderLine | Reject]:
    """Yield one outcome for each row, in order; a repeated key is rejected, its first row wins."""
    seen: set[tuple[str, int]] = set()
    for row in rows:
        try:
            line = parse(row)
        except InvalidRowError as invalid:
            yield Reject(row, str(invalid))
            continue
        key = (line.order_number, line.line_number)
        if key in seen:
            yield Reject(row, "order_number and line_number repeat an earlier row")
            continue
        seen.add(key)
        yield line


def parse(row: RawRow) -> OrderLine:
    """Return the order line in a row.

    Raises:
        InvalidRowError: a value is missing, malformed or out of range.
    """
    if row.problem:
        raise InvalidRowError(row.problem)
    text = {column: row.values.get(column, "").strip() for column in COLUMNS}
    for column, value in text.items():
        if not value:
            raise InvalidRowError(f"{column} is missing")
        if not value.isprintable():
            raise InvalidRowError(f"{column} has control characters")
    if not _ORDER_NUMBER.fullmatch(text["order_number"]):
        raise InvalidRowError("order_number is not capitals, digits and dashes")
    quantity = _whole_number(text, "quantity", maximum=1_000_000)
    unit_price_cents = _cents(text["unit_price"])
    return OrderLine(
        order_number=text["order_number"],
        line_number=_whole_number(text, "line_number", maximum=9_999),
        customer=_limited(text, "customer", maximum=120),
        sku=_limited(text, "sku", maximum=64),
        quantity=quantity,
        unit_price_cents=unit_price_cents,
        total_cents=quantity * unit_price_cents,
        ordered_on=_day(text["ordered_on"]),
    )


def _whole_number(text: Mapping[str, str], column: str, *, maximum: int) -> int:
    if _WHOLE_NUMBER.fullmatch(text[column]):
        number = int(text[column])
        if 1 <= number <= maximum:
            return number
    raise InvalidRowError(f"{column} is not a whole number from 1 to {maximum}")


def _limited(text: Mapping[str, str], column: str, *, maximum: int) -> str:
    if len(text[column]) > maximum:
        raise InvalidRowError(f"{column} is longer than {maximum} characters")
    return text[column]


def _cents(text: str) -> int:
    price = _PRICE.fullmatch(text)
    if not price:
        raise InvalidRowError("unit_price is not an amount such as 12.50")
    units, fraction = price.groups(default="")
    return int(units) * 100 + int(fraction.ljust(2, "0"))


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidRowError("ordered_on is not a date such as 2025-07-31")
