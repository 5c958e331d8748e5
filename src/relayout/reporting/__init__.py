"""The same result for a terminal and as JSON."""
