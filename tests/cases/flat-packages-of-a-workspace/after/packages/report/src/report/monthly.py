from shared.names import clean

from . import texts


def title() -> str:
    return clean(texts.TITLE)
