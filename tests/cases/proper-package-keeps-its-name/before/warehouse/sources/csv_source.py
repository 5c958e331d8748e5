from ..settings import FOLDER


def read(folder=FOLDER):
    return folder
