from pathlib import Path

BOTH = Path(__file__).resolve().parents[2] / "sql" / "both.sql"
print(BOTH.read_text())
