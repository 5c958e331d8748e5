from .sources import csv_source
from . import settings
import warehouse.sources.csv_source as again


def load():
    return csv_source.read(settings.FOLDER), again
