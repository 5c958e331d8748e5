"""Command lines: their words, the programs that they start, and the paths that those are given."""
