import sales.load
from sales import settings


def test_load():
    assert sales.load.load() == settings.FOLDER
