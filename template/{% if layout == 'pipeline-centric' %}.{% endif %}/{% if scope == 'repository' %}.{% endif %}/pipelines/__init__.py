"""The pipelines, each in a folder of its own, and what they share."""
