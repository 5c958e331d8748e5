import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "lib"))
from names import N


@dataclass
class Source:
    folder: "Path"


print(N, Source)
