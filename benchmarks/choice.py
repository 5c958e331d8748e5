"""Which modules of a package are moved, and where to."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from measure import python

_IMPORTERS = """
import json, sys
sys.path.insert(0, sys.argv[1])
import grimp
graph = grimp.build_graph(sys.argv[2], cache_dir=None)
print(json.dumps({m: len(graph.find_modules_that_directly_import(m)) for m in graph.modules}))
"""
_FROM_ONE_FOLDER = 6
_GOES_UP = 10


@dataclass(frozen=True, slots=True)
class ModuleMove:
    """A module goes from one path to another."""

    source: str
    target: str

    @property
    def old_name(self) -> str:
        """Its dotted name before."""
        return self.source.removesuffix(".py").replace("/", ".")

    @property
    def new_name(self) -> str:
        """Its dotted name after."""
        return self.target.removesuffix(".py").replace("/", ".")

    @property
    def is_rename(self) -> bool:
        """Whether it stays in its package."""
        return Path(self.source).parent == Path(self.target).parent


def choose_moves(root: Path, package: str, count: int) -> list[ModuleMove]:
    """Return so many moves of a package's modules, those that most modules import first.

    Of one folder only a few are taken, so that they are spread. Each is renamed within its
    package, but every tenth goes to the package above. The package's code is not run.
    """
    importers: dict[str, int] = json.loads(python(_IMPORTERS, root, package))
    ranked = sorted(importers, key=lambda module: (-importers[module], module))
    moves: list[ModuleMove] = []
    taken: Counter[Path] = Counter()
    for module in ranked:
        path = Path(f"{module.replace('.', '/')}.py")
        is_plain = (root / path).is_file() and not path.name.startswith("__")
        if not is_plain or taken[path.parent] == _FROM_ONE_FOLDER:
            continue
        taken[path.parent] += 1
        goes_up = len(moves) % _GOES_UP == _GOES_UP - 1
        moves.append(ModuleMove(str(path), str(_target(root, path, moves, goes_up=goes_up))))
        if len(moves) == count:
            return moves
    raise ValueError(f"{package} has only {len(moves)} modules to choose from")


def _target(root: Path, path: Path, moves: list[ModuleMove], goes_up: bool) -> Path:
    above = path.parent.parent / path.name
    is_free = not (root / above).exists() and not (root / above.with_suffix("")).exists()
    if goes_up and len(above.parts) > 1 and is_free and str(above) not in {m.target for m in moves}:
        return above
    return path.with_name(f"{path.stem}_moved.py")


def write_plan(moves: list[ModuleMove], package: str, file: Path) -> None:
    """Write the moves as a plan that relayout carries out."""
    lines = ["layout: src-layout", f"package: {package}", "moves:"]
    for move in moves:
        lines += [f"- from: {move.source}", f"  to: {move.target}"]
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
