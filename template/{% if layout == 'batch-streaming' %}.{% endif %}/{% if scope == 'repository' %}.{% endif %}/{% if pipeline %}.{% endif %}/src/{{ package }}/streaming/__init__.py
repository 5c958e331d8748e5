"""Events: produced to Kafka, consumed from it, and landed in a Delta table of bronze exactly once."""
