"""Exchange rates.

>>> from utils.rates import rate, RATES
>>> rate("EUR")
1.0
>>> sorted(RATES)
['EUR', 'USD']

In a job::

    import sys

    from utils.rates import rate  # the only name that jobs need

    print(rate(sys.argv[1]))
"""

class Unknown(Exception):
    """There is no such rate."""


RATES = {"EUR": 1.0, "USD": 0.5}


def rate(currency):
    r"""Return a rate.

    >>> import utils.rates
    >>> utils.rates.rate("USD")
    0.5
    >>> [utils.rates.rate(name) for name in utils.rates.RATES]
    [1.0, 0.5]
    >>> from utils import rates, money  # doctest: +ELLIPSIS
    >>> money.show(2)
    '2.00 EUR'
    >>> if rate("USD") < 1:
    ...     from utils import money as m, rates as r
    ...     print(m.show(r.rate("USD")))
    0.50 EUR
    >>> from utils.money import (
    ...     SYMBOL,  # a constant
    ...     show,
    ... )
    >>> print(show(3), "\n", SYMBOL, sep="|")  # doctest: +NORMALIZE_WHITESPACE
    3.00 EUR|
    |EUR
    """
    if currency not in RATES:
        raise Unknown(currency)
    return RATES[currency]
