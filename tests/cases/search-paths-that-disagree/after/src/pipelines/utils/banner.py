from service import NAME


def text():
    return NAME
