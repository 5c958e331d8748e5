from pathlib import Path

PROJECT = Path("pipelines/parking/dbt")


def models() -> list[str]:
    return [path.name for path in (PROJECT / "models").glob("*.sql")]


if __name__ == "__main__":
    print(models())
