"""Copier's task after a further pipeline: name its command in pyproject.toml.

What is not named there is not installed. All else finds a pipeline by its folder.
"""

from kept_list import keep

if __name__ == "__main__":
    keep("sync_scripts")
