import logging
import sys
from pathlib import Path

log = logging.getLogger("report")


def prepare(folder):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))
    log.warning("prepared %s", folder)


prepare("lib")
prepare("tools")
from names import NAME

print(NAME)
