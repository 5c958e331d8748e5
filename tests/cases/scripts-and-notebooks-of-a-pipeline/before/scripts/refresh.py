import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent

subprocess.run(["dbt", "seed"], cwd=ROOT / "dbt_traffic", check=True)
