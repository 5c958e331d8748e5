import json


def message_of(order):
    from kafka import KafkaProducer  # noqa: F401

    return encoded(order)


def encoded(order):
    return json.dumps(order, sort_keys=True).encode()
