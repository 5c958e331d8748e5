from warehouse.settings import FOLDER


def load():
    return FOLDER
