from pathlib import Path

import pipelines.utils.rates


class Converter:
    """Converts to euros.

    >>> Converter("USD").convert(10)
    5.0
    >>> pipelines.utils.rates.rate("USD")
    0.5
    >>> Converter("X").convert(1)
    Traceback (most recent call last):
        ...
    pipelines.utils.rates.Unknown: X
    >>> Converter, ValueError
    (<class 'pipelines.jobs.convert.Converter'>, <class 'ValueError'>)
    >>> Path("a") / "b" == Path("a/b")
    True
    """

    def __init__(self, currency):
        self.currency = currency

    def convert(self, amount):
        '''Return an amount in euros.

        >>> from pipelines.jobs.convert import Converter
        >>> Converter("USD").convert(10)
        5.0

        The amount is shown by another module::

            >>> from pipelines.shared import money; money.show(Converter("EUR").convert(1))
            '1.00 EUR'
        '''
        return amount * pipelines.utils.rates.rate(self.currency)


if __name__ == "__main__":
    print(Converter("USD").convert(3))
