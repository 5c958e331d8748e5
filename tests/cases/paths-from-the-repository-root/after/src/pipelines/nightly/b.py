from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TABLES = ROOT / "src/pipelines/nightly/resources/config/tables.yaml"
print((ROOT / "configs/a.toml").read_text(), TABLES.read_text())
import pipelines.utils.tables
print(pipelines.utils.tables.NAMES)
