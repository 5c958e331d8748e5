import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = os.path.dirname(os.path.abspath(__file__))
QUERIES = ROOT / "src/pipelines/orders/sql"
