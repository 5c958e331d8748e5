"""Reports what was converted.

>>> from convert import Converter
>>> from report import lines
>>> lines([1])
['0.50 EUR']
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from convert import Converter
from utils.money import show


def lines(amounts):
    "Return a line for each amount.\n\n    >>> from convert import Converter\n    >>> lines([2])\n    ['1.00 EUR']\n    "
    converter = Converter("USD")
    return [show(converter.convert(amount)) for amount in amounts]


if __name__ == "__main__":
    print("\n".join(lines([1, 2])))
