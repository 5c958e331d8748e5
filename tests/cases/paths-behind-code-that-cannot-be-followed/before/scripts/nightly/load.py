import os
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

for name in os.listdir("."):
    if name == "stop":
        break

CONFIG = ROOT / "scripts" / "nightly" / "conf.json"
TEXT = open(f"{ROOT}/scripts/nightly/text.json").read()


def load(rows):
    for row in rows:
        if not row:
            continue
        print(row)
    return (ROOT / "scripts" / "nightly" / "rows.json").read_text()


async def later():
    ROOT = None
    return ROOT


if __name__ == "__main__":
    while True:
        print(CONFIG, TEXT, load([]))
        time.sleep(1)
