"""Shims: modules at old import paths that forward to the new ones, and the module they call."""

from relayout.conversions.shims.shims import shims_for

__all__ = ["shims_for"]
