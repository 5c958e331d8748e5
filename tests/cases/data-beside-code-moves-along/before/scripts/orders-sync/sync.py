from pathlib import Path
import os

HERE = os.path.dirname(os.path.abspath(__file__))
SQL = Path(__file__).parent / "sql" / "orders.sql"
MAPPING = os.path.join(HERE, "mapping.yaml")
SHARED = Path(__file__).resolve().parent.parent.parent / "configs" / "shared.toml"
print(SQL.read_text(), open(MAPPING).read(), SHARED.read_text())
