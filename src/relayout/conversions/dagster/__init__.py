"""Keeps Dagster's code locations meaning the same after their modules have moved."""
