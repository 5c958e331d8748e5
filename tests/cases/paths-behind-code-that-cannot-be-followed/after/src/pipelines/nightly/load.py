import os
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

for name in os.listdir("."):
    if name == "stop":
        break

CONFIG = ROOT / "src/pipelines/nightly/conf.json"
TEXT = open(str(Path(__file__).resolve().parent / "text.json")).read()


def load(rows):
    for row in rows:
        if not row:
            continue
        print(row)
    return (ROOT / "src/pipelines/nightly/rows.json").read_text()


async def later():
    ROOT = None
    return ROOT


if __name__ == "__main__":
    while True:
        print(CONFIG, TEXT, load([]))
        time.sleep(1)
