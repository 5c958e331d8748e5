"""Text. Elsewhere: from utils.text import clean, or import utils.text.

    from utils.text import clean

That was an indented paragraph. This is the output of a program::

    from utils.text import clean failed
    import utils.text: no such module

and this a shell session::

    $ python
    >>> from elsewhere.utils import text

.. code-block:: bash

    python -c 'import utils.text'

.. code-block:: sql

    import utils.text

.. note::

    from utils.text import clean

```json
{"import": "utils.text"}
```

```
import utils.text
```

An unfinished sentence, then::
from utils.text import clean

>>> print("from utils.text import clean")
from utils.text import clean
>>> import json, os.path
>>> from collections import (
...     Counter)
>>> json.dumps(clean(" import utils.text "))
'"import utils.text"'
>>> utils = {"text": 1}
>>> utils["text"]
1
"""

TEMPLATE = """
>>> from utils.text import clean

::

    import utils.text
"""
"""What is written into new files.

>>> from utils.text import TEMPLATE
"""


def clean(text):
    # >>> from utils.text import clean
    """Return a text without space around it.

    In [1]: from utils.text import clean

    >>> clean(" a ")
    'a'
    >>> from .text import clean
    """
    "::\n\n    import utils.text\n"
    return text.strip()
