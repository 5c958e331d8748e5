"""What tests of shims share: a package that is rearranged, and programs that use it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relayout.conversions.conversion import Conversion
from relayout.conversions.shims import shims_for
from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.planning.split import Part, Split
from relayout.rewriting.destination import Destination
from relayout.tree import Tree
from workbench import Files, build_tree

HOME = Home("shop")

PYPROJECT = '[project]\nname = "shop"\nversion = "0.3.1"\n'

BEFORE: Files = {
    "pyproject.toml": PYPROJECT,
    "src/shop/__init__.py": "",
    "src/shop/resources.py": "HOST = 'db'\n_port = 1\n\n\ndef url():\n    return HOST\n",
    "src/shop/defs/__init__.py": "from .jobs import jobs\n\nVERSION = 3\n",
    "src/shop/defs/orders.py": (
        "from json import dumps\n\n\nclass Order:\n    pass\n\n\n"
        "def total():\n    return _tax() + 1\n\n\ndef _tax():\n    return 2\n"
        "\n\nif __name__ == '__main__':\n    print('total', total())\n"
    ),
    "src/shop/defs/jobs.py": (
        "import json\n\n\ndef clean():\n    return 'clean'\n\n\n"
        "def jobs():\n    return clean()\n\n\ndef daily():\n    return clean() + '!'\n"
    ),
}
"""A package with a flat folder of definitions, one of which is split."""

_SPLIT: Files = {
    "src/shop/defs/jobs.py": "import json\nfrom .jobs_utils import clean\n\n\n"
    "def jobs():\n    return clean()\n",
    "src/shop/defs/jobs_schedules.py": "from .jobs_utils import clean\n\n\n"
    "def daily():\n    return clean() + '!'\n",
    "src/shop/defs/jobs_utils.py": "def clean():\n    return 'clean'\n",
}

SPLIT = Split(
    "src/shop/defs/jobs.py",
    "jobs",
    (
        Part("src/shop/defs/jobs_schedules.py", "jobs", ("daily",)),
        Part("src/shop/defs/jobs_utils.py", "utils", ("clean",)),
    ),
)

MOVES = {
    "src/shop/defs/__init__.py": "src/shop/utils/defs.py",
    "src/shop/defs/jobs.py": "src/shop/jobs/jobs.py",
    "src/shop/defs/jobs_schedules.py": "src/shop/jobs/schedules.py",
    "src/shop/defs/jobs_utils.py": "src/shop/utils/clean.py",
    "src/shop/defs/orders.py": "src/shop/assets/raw.py",
    "src/shop/resources.py": "src/shop/resources/resources.py",
}

REWRITTEN: Files = {
    "src/shop/jobs/jobs.py": "import json\nfrom shop.utils.clean import clean\n\n\n"
    "def jobs():\n    return clean()\n",
    "src/shop/jobs/schedules.py": "from shop.utils.clean import clean\n\n\n"
    "def daily():\n    return clean() + '!'\n",
    "src/shop/utils/defs.py": "from shop.jobs.jobs import jobs\n\nVERSION = 3\n",
    **{f"src/shop/{name}/__init__.py": "" for name in ("assets", "jobs", "resources", "utils")},
}


@dataclass(frozen=True)
class Shimmed:
    """A tree with its shims, and what made them."""

    conversion: Conversion
    tree: Tree


def shimmed(
    before: Files = BEFORE,
    moves: Mapping[str, str] = MOVES,
    splits: Sequence[Split] = (SPLIT,),
    cut: Files = _SPLIT,
    rewritten: Files = REWRITTEN,
    homes: Sequence[Home] = (HOME,),
) -> Shimmed:
    """Return a tree after its modules were cut, moved and rewritten, with shims."""
    tree = Tree.of(before)
    whole = tree.with_content(_bytes(cut))
    after = whole.moved(moves).with_content(_bytes(rewritten))
    destination = Destination(whole, moves, homes)
    made = shims_for(take_inventory(tree), destination, splits, after)
    return Shimmed(made, after.with_content(made.additions))


def plain(before: Files, moves: Mapping[str, str], rewritten: Files) -> Shimmed:
    """Return what :func:`shimmed` does, for modules that only move."""
    return shimmed(before, moves, (), {}, rewritten)


def _bytes(files: Files) -> dict[str, bytes]:
    return {p: c.encode() if isinstance(c, str) else c for p, c in files.items()}


def write(tree: Tree, folder: Path) -> Path:
    """Write a tree into a folder, and return the folder."""
    return build_tree(folder, {path: tree.read(path) for path in tree})


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with its ``src`` installed as good as."""
    plain_environment = {n: v for n, v in os.environ.items() if not n.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**plain_environment, "PYTHONPATH": "src", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
