"""The headers of a message: pairs of a name and bytes, in which a name may stand several times."""

from confluent_kafka import Message


def every(message: Message) -> list[tuple[str, bytes]]:
    """Return all headers, in their order. One without a value has empty bytes."""
    found = message.headers() or []
    pairs = found.items() if isinstance(found, dict) else found
    return [
        (name, value.encode() if isinstance(value, str) else value or b"") for name, value in pairs
    ]


def of(message: Message, name: str) -> list[bytes]:
    """Return the values of the headers of one name."""
    return [value for each, value in every(message) if each == name]
