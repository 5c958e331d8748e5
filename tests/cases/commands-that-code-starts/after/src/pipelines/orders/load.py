import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main():
    subprocess.run([sys.executable, "src/pipelines/orders/step.py", "--sql", "src/pipelines/orders/sql/a.sql"], check=True)
    subprocess.check_call([sys.executable, "src/pipelines/orders/step.py"], cwd=ROOT)
    subprocess.check_call(["cat", "src/pipelines/orders/sql/a.sql"], cwd=str(ROOT))
    subprocess.run("cat ./src/pipelines/orders/sql/a.sql", shell=True, check=True)
    os.system("cat src/pipelines/orders/sql/a.sql configs/shared.toml; echo scripts orders sql=src/pipelines/orders/sql/a.sql")
    os.system(f"cat src/pipelines/orders/sql/a.sql {os.devnull}")


if __name__ == "__main__":
    main()
