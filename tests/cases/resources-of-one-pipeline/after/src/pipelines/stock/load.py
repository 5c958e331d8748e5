from pathlib import Path

BOTH = Path(__file__).resolve().parents[3] / "sql" / "both.sql"
print(BOTH.read_text())
