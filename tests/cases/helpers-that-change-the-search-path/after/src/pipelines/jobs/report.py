import logging

log = logging.getLogger("report")


def prepare(folder):
    log.warning("prepared %s", folder)


prepare("lib")
prepare("tools")
from pipelines.utils.names import NAME

print(NAME)
