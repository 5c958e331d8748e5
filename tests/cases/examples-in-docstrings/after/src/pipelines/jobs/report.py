"""Reports what was converted.

>>> from pipelines.jobs.convert import Converter
>>> from pipelines.jobs.report import lines
>>> lines([1])
['0.50 EUR']
"""

from pipelines.jobs.convert import Converter
from pipelines.shared.money import show


def lines(amounts):
    "Return a line for each amount.\n\n    >>> from pipelines.jobs.convert import Converter\n    >>> lines([2])\n    ['1.00 EUR']\n    "
    converter = Converter("USD")
    return [show(converter.convert(amount)) for amount in amounts]


if __name__ == "__main__":
    print("\n".join(lines([1, 2])))
