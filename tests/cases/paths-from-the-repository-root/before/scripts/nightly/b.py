from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "utils" / "tables.yaml"
print((ROOT / "configs/a.toml").read_text(), TABLES.read_text())
import utils.tables
print(utils.tables.NAMES)
