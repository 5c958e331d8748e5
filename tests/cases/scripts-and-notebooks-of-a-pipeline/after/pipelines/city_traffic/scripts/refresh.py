import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

subprocess.run(["dbt", "seed"], cwd=ROOT / "pipelines/city_traffic/dbt", check=True)
