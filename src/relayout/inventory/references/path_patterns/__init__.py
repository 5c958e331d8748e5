"""Patterns and regular expressions for paths."""
