"""Shims: modules at old import paths that forward to the new ones, and warn."""
