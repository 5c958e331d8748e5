"""Say how much the services store."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    os.makedirs("data/minio", exist_ok=True)
    for folder in (ROOT / "data" / "postgres", ROOT / "data/zookeeper"):
        print(folder, shutil.disk_usage(folder).used)
    print(os.path.exists(os.path.join("data", "registry")))


if __name__ == "__main__":
    main()
