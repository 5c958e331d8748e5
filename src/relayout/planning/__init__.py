"""What becomes of the files of a tree: where each goes, why, and what a person must decide."""
