import logging

log = logging.getLogger(__name__)


def load():
    log.debug("loaded")
    log.getChild("rows").debug("two rows")
