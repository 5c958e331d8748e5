"""relayout: move a data repository into a layout, and prove that no business logic changed."""

__version__ = "0.1.0"
