"""Reads the feed."""

from kafka import KafkaConsumer


def main():
    """Print what comes."""
    for message in KafkaConsumer("feed", bootstrap_servers="kafka:9092"):
        print(message.value)


if __name__ == "__main__":
    main()
