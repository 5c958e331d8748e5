import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = os.path.dirname(os.path.abspath(__file__))
QUERIES = ROOT / "scripts" / "orders" / "sql"
