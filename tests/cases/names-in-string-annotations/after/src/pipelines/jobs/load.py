from dataclasses import dataclass
from pathlib import Path

from pipelines.utils.names import N


@dataclass
class Source:
    folder: "Path"


print(N, Source)
