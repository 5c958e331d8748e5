import sys
from pathlib import Path


def find_repo_root() -> Path:
    """Find the folder that contains utils."""
    current = Path(__file__).resolve()
    while current.parent != current:
        if (current / "utils").exists() and (current / "utils" / "db.py").exists():
            return current
        current = current.parent
    raise RuntimeError("no repository root")


# Add utils to path
repo_root = find_repo_root()
sys.path.insert(0, str(repo_root / "utils"))

import db  # noqa: E402

print(db.connect())
