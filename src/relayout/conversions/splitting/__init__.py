"""Splits a module by definition: its parts become modules beside it, and importers follow."""
