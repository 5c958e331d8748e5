import logging

log = logging.getLogger("shop.orders")


def count():
    log.info("not shown")
    log.warning("no orders")
