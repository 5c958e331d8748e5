"""Plan to edits: one rewriter per kind of file, each for the files that it understands."""
