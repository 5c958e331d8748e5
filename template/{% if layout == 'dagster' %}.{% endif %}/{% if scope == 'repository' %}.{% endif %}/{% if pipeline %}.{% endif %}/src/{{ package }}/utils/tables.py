"""Tables as they arrive: CSV text with a header, in UTF-8."""

import io
from collections.abc import Sequence

import pandas as pd


class TableError(ValueError):
    """The content is no table with the columns that are needed; the message says why."""


def read_text(content: bytes, columns: Sequence[str]) -> pd.DataFrame:
    """Return the columns of a table, found by their names; every value is the text that is there.

    Raises:
        TableError: it is not UTF-8 or not CSV, or a column is missing.
    """
    try:
        text = content.decode("utf-8-sig")
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise TableError(f"not a CSV file in UTF-8: {error}") from error
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise TableError(f"the header lacks {', '.join(missing)}")
    return table[list(columns)]
