"""Texts of structured files with their places, so that one can be replaced."""
