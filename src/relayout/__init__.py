"""relayout: move a data repository into a layout, and prove that no business logic changed."""

__version__ = "1.1.0"
