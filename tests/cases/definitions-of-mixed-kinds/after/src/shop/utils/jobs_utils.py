"""Functions and classes."""

import os
from pathlib import Path


def state_file() -> Path:
    """Return where sensors remember what they saw."""
    return Path(os.environ.get("STATE", "/tmp")) / "orders.json"
