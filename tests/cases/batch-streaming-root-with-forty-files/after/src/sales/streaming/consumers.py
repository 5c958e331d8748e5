import json

from confluent_kafka import Consumer

from sales.utils_common import get_logger

log = get_logger(__name__)


def main():
    consumer = Consumer({"bootstrap.servers": "localhost:9092", "group.id": "sales"})
    consumer.subscribe(["sales"])
    while True:
        message = consumer.poll(1.0)
        if message is not None:
            log.info(json.loads(message.value()))


if __name__ == "__main__":
    main()
