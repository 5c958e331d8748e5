from pathlib import Path
import os

HERE = os.path.dirname(os.path.abspath(__file__))
SQL = Path(__file__).parent / "resources/sql/orders.sql"
MAPPING = os.path.join(HERE, "resources/config/mapping.yaml")
SHARED = Path(__file__).resolve().parents[3] / "configs" / "shared.toml"
print(SQL.read_text(), open(MAPPING).read(), SHARED.read_text())
