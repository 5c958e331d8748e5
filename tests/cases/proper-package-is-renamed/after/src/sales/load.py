from sales.settings import FOLDER


def load():
    return FOLDER
