"""Which component every file is of, in a layout that sorts files by what they are."""
