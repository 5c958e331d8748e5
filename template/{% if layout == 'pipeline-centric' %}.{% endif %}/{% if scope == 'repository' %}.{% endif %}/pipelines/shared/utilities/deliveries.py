"""Files that other systems deliver: CSV with a header, in UTF-8."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd
import yaml

from pipelines.shared.utilities.locations import PIPELINES, REPOSITORY

RAW_TABLE = PIPELINES / "shared" / "schemas" / "raw_table.yml"


class DeliveryError(ValueError):
    """A file is not what was agreed; the message names it and says why."""


def load_columns() -> tuple[str, ...]:
    """Return the columns that every raw table has beside those of its files."""
    schema = yaml.safe_load(RAW_TABLE.read_text(encoding="utf-8"))
    return tuple(column["name"] for column in schema["columns"])


def read_delivery(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return the columns of a file, found by their names; every value is the text that is there.

    Raises:
        DeliveryError: it is not UTF-8 or not CSV, or it lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = csv.reader(lines, strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        reason = f"{path.name} is no CSV file with a header in UTF-8: {error}"
        raise DeliveryError(reason) from error
    missing = [name for name in columns if name not in header]
    if missing:
        raise DeliveryError(f"{path.name}: the header lacks {', '.join(missing)}")
    if len(set(header)) != len(header):
        raise DeliveryError(f"{path.name}: the header has a name twice")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            counts = f"{len(row)} values for {len(header)} columns"
            raise DeliveryError(f"{path.name}: row {number} has {counts}")
    table = pd.DataFrame(rows, columns=header, dtype="str")
    return table[list(columns)]


class Deliveries(dg.ConfigurableResource[Any]):
    """The files that a pattern names, such as `pipelines/orders/data/raw/*.csv`.

    A relative pattern begins at the root of the repository.
    """

    pattern: str

    def files(self) -> list[Path]:
        """Return the files that are there, by name."""
        pattern = REPOSITORY / self.pattern
        return sorted(pattern.parent.glob(pattern.name))

    def read(self, columns: Sequence[str]) -> pd.DataFrame:
        """Return all files in one table, with the columns that every raw table has.

        Raises:
            DeliveryError: there is no file, or one is not what was agreed.
        """
        files = self.files()
        if not files:
            raise DeliveryError(f"no file has been delivered: {self.pattern}")
        loaded_at = pd.Timestamp.now("UTC").tz_localize(None)
        tables = [
            read_delivery(path, columns).assign(source_file=path.name, loaded_at=loaded_at)
            for path in files
        ]
        return pd.concat(tables, ignore_index=True)[[*columns, *load_columns()]]
