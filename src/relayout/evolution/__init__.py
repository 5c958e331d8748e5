"""How a repository that is on a layout already follows the layout to its next version."""
