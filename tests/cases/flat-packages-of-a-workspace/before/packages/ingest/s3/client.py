from pathlib import Path

COLUMNS = Path(__file__).parent / "columns.txt"


def fetch(prefix: str) -> list[str]:
    return [f"{prefix}-{name}" for name in COLUMNS.read_text().split()]
