from pathlib import Path

QUERIES = Path(__file__).parent / "loaders" / "sql"


def queries():
    return sorted(path.name for path in QUERIES.glob("*.sql"))
