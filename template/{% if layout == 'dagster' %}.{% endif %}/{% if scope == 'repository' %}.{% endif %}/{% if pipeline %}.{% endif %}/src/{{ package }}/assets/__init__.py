"""Assets, a module for each stage; a further group of assets has a folder with stages of its own."""

STAGES = ("raw", "processed", "consolidated", "dimensional", "facts")
