"""Containers: what they are built from, mount and run."""
