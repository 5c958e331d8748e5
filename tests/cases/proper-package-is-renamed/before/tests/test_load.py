import warehouse.load
from warehouse import settings


def test_load():
    assert warehouse.load.load() == settings.FOLDER
