"""What assets are given."""

import csv
import pickle
from pathlib import Path

import dagster as dg


class Landing(dg.ConfigurableResource):
    """A folder in which files land."""

    folder: str

    def rows(self, name):
        with (Path(self.folder) / name).open(newline="") as file:
            return list(csv.DictReader(file))


class ShelfIOManager(dg.ConfigurableIOManager):
    """A pickle for each partition of an asset."""

    folder: str = "var/shelf"

    def _path(self, context):
        parts = list(context.asset_key.path)
        if context.has_asset_partitions:
            parts.append(context.asset_partition_key.replace("|", "_"))
        return Path(self.folder).joinpath(*parts).with_suffix(".pickle")

    def handle_output(self, context, obj):
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(obj))

    def load_input(self, context):
        return pickle.loads(self._path(context).read_bytes())


SAMPLES = Path(__file__).parent / "samples"


@dg.definitions
def resources():
    return dg.Definitions(
        resources={
            "landing": Landing(folder=str(SAMPLES)),
            "io_manager": ShelfIOManager(),
        }
    )
