import os
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
QUERY = (HERE / "queries" / "orders.sql").read_text()
DEFAULTS = os.path.join(os.path.dirname(__file__), "defaults.toml")
STAGE = ROOT / "sql" / "stage.sql"
BOTH = ROOT / "sql" / "both.sql"
print(QUERY, DEFAULTS, STAGE, BOTH)
