"""Say how much the services store."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    os.makedirs("data/services/minio", exist_ok=True)
    for folder in (ROOT / "data/services/postgres", ROOT / "data/services/zookeeper"):
        print(folder, shutil.disk_usage(folder).used)
    print(os.path.exists(os.path.join("data/services", "registry")))


if __name__ == "__main__":
    main()
