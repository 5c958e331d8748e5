import os
from pathlib import Path

HERE = Path(__file__).parent
ROOT = Path(__file__).resolve().parents[3]
QUERY = (HERE / "resources/sql/orders.sql").read_text()
DEFAULTS = os.path.join(os.path.dirname(__file__), "resources/config/defaults.toml")
STAGE = ROOT / "src/pipelines/orders/resources/sql/stage.sql"
BOTH = ROOT / "sql" / "both.sql"
print(QUERY, DEFAULTS, STAGE, BOTH)
