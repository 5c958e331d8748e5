"""Write what the pipeline promises to others as CSV files, into `data/processed`.

python -m pipelines.@{pipeline}@.scripts.export_outputs [--folder FOLDER]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.shared.utilities.registry import settings_of
from pipelines.shared.utilities.warehouse import open_warehouse

from .. import FOLDER, NAME

PROCESSED = FOLDER / "data" / "processed"


def export(folder: Path) -> list[Path]:
    """Write each output to a file of its name, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with open_warehouse(NAME) as warehouse:
        for output in settings_of(FOLDER).outputs:
            table = warehouse.read_table(output)
            path = folder / f"{output}.csv"
            table.sort_values(list(table.columns)).to_csv(path, index=False)
            written.append(path)
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Write the outputs of the pipeline as CSV files.")
    parser.add_argument("--folder", type=Path, default=PROCESSED, help="where to, such as /tmp/out")
    for path in export(parser.parse_args(arguments).folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
