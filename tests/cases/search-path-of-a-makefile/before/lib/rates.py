from precision import DIGITS


def factor():
    return round(1.2345, DIGITS)
