import json
import logging
import subprocess
from pathlib import Path

MANIFEST = Path(__file__).resolve().parents[1] / "dbt/target/manifest.json"


def main():
    subprocess.run(["dbt", "parse"], check=True)
    logging.info("dbt parse is done")
    print(sorted(json.loads(MANIFEST.read_text())["nodes"]))


if __name__ == "__main__":
    main()
