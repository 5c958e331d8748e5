"""Amounts of money."""

SYMBOL = "EUR"


def show(amount, symbol=SYMBOL):
    """Return an amount as text.

    Example:

    .. code-block:: python
       :linenos:

       from utils.money import show

       show(1)

    .. testcode::

        from utils import money
        print(money.show(1))

    In a notebook:

    ```python
    import utils.money as money
    money.show(1)
    ```

    ~~~pycon
    >>> from utils.money import show
    >>> show(1)
    '1.00 EUR'

    ~~~
    """
    return f"{amount:.2f} {symbol}"
