import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import utils.rates


class Converter:
    """Converts to euros.

    >>> Converter("USD").convert(10)
    5.0
    >>> utils.rates.rate("USD")
    0.5
    >>> Converter("X").convert(1)
    Traceback (most recent call last):
        ...
    utils.rates.Unknown: X
    >>> Converter, ValueError
    (<class 'jobs.convert.Converter'>, <class 'ValueError'>)
    >>> Path("a") / "b" == Path("a/b")
    True
    """

    def __init__(self, currency):
        self.currency = currency

    def convert(self, amount):
        '''Return an amount in euros.

        >>> from jobs.convert import Converter
        >>> Converter("USD").convert(10)
        5.0

        The amount is shown by another module::

            >>> from utils import money; money.show(Converter("EUR").convert(1))
            '1.00 EUR'
        '''
        return amount * utils.rates.rate(self.currency)


if __name__ == "__main__":
    print(Converter("USD").convert(3))
