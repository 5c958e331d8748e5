"""Sends sales to Kafka."""
import json
import os
import sys

sys.path.append(os.path.dirname(__file__))
from confluent_kafka import Producer

from etl.extract_funcs import read_files
from utils_common import get_logger

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
