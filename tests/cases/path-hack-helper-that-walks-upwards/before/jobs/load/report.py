import sys
from pathlib import Path


def find_repo_root():
    for parent in Path(__file__).resolve().parents:
        if any((parent / marker).exists() for marker in (".git", "requirements.txt")):
            return parent
    return None


repo_root = find_repo_root()
sys.path.append(str(repo_root / "utils"))
import db

CONFIG = repo_root / "configs" / "report.toml"
print(db.connect(), CONFIG.read_text())
