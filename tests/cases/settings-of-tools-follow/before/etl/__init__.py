"""Orders, from the shop to the warehouse."""

__version__ = "1.4.0"
