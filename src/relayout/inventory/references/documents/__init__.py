"""Documents and notebooks."""
