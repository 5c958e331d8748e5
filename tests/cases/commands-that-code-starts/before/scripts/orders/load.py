import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    subprocess.run([sys.executable, "scripts/orders/step.py", "--sql", "scripts/orders/sql/a.sql"], check=True)
    subprocess.check_call([sys.executable, "scripts/orders/step.py"], cwd=ROOT)
    subprocess.check_call(["cat", "scripts/orders/sql/a.sql"], cwd=str(ROOT))
    subprocess.run("cat ./scripts/orders/sql/a.sql", shell=True, check=True)
    os.system("cat scripts/orders/sql/a.sql configs/shared.toml; echo scripts orders sql=scripts/orders/sql/a.sql")
    os.system(f"cat scripts/orders/sql/a.sql {os.devnull}")


if __name__ == "__main__":
    main()
