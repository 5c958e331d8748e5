import json

from kafka import KafkaProducer

from data_platform.etl.extract import get_data_files


def main():
    """Send the rows."""
    producer = KafkaProducer(bootstrap_servers="localhost:9092")
    for row in get_data_files("data/sales.csv"):
        producer.send("sales", json.dumps(row).encode())


if __name__ == "__main__":
    main()
