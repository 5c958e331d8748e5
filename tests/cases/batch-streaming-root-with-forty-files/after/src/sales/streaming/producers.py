"""Sends sales to Kafka."""
import json
import os
from confluent_kafka import Producer

from sales.etl.extract import read_files
from sales.utils_common import get_logger

log = get_logger(__name__)


class SalesDataProducer:
    def __init__(self, servers):
        self.producer = Producer({"bootstrap.servers": servers})

    def send(self, row):
        self.producer.produce("sales", key=str(row["id"]), value=json.dumps(row))


def main():
    producer = SalesDataProducer(os.environ.get("KAFKA", "localhost:9092"))
    for row in read_files("data"):
        producer.send(row)
    producer.producer.flush()


if __name__ == "__main__":
    main()
