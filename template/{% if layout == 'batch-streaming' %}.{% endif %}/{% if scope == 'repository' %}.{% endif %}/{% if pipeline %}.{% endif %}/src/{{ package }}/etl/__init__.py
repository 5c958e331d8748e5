"""Batch: extract, transform, load."""
