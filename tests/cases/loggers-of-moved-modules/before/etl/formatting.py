import logging


class Upper(logging.Formatter):
    def __init__(self, format=None):
        super().__init__(format)

    def format(self, record):
        return super().format(record).upper()


class Handler(logging.StreamHandler):
    pass


def short():
    return lambda record: len(record.getMessage()) < 40
