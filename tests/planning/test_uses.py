"""How files are used: what is live spreads along imports, however it came to be live."""

from __future__ import annotations

from collections import Counter

import pytest

from migrations import SRC_LAYOUT
from relayout.inventory import Inventory, take_inventory
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.plan import Options
from relayout.planning.use import Uses
from relayout.planning.uses import find_uses
from relayout.tree import Tree
from workbench import Files

OPTIONS = Options("src-layout", package="pipelines")
FILES: Files = {
    "Makefile": "run:\n\tpython jobs/load.py\n",
    "jobs/load.py": "from lib.db import connect\n",
    "jobs/test_load.py": "import load\nfrom lib.fakes import Fake\n",
    "lib/__init__.py": "",
    "lib/db.py": "from lib import names\ndef connect(): ...\n",
    "lib/names.py": "",
    "lib/fakes.py": "from lib.more.seeds import SEED\nclass Fake: ...\n",
    "lib/more/__init__.py": "",
    "lib/more/seeds.py": "SEED = 1\n",
    "lib/unused.py": "from lib import db\n",
}


HOMES = Homes((Territory(Home("pipelines")),))


def uses_of(files: Files) -> Uses:
    return find_uses(take_inventory(Tree.of(files)), SRC_LAYOUT, OPTIONS, HOMES)


def test_what_live_code_imports_is_live_with_the_packages_above_it() -> None:
    uses = uses_of(FILES).by_path
    assert uses["jobs/load.py"].use == "run"
    assert {uses[f"lib/{name}.py"].use for name in ("__init__", "db", "names")} == {"imported"}
    assert uses["lib/names.py"].because == "lib/db.py imports it"
    assert uses["lib/unused.py"].use == "dead"


def test_what_only_a_test_beside_live_code_imports_is_live_too() -> None:
    """The test is found to be needed only after all else; what it needs is followed then."""
    uses = uses_of(FILES).by_path
    assert uses["jobs/test_load.py"].use == "beside"
    assert uses["lib/fakes.py"].because == "jobs/test_load.py imports it"
    assert uses["lib/more/__init__.py"].use == uses["lib/more/seeds.py"].use == "imported"


def test_importers_are_known_once_each() -> None:
    files = {"a.py": "import b\nimport b\nfrom b import x\n", "b.py": "import b\nx = 1\n"}
    assert uses_of(files).importers == {"b.py": frozenset({"a.py"})}


def test_what_an_import_means_is_asked_once_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    resolutions = Inventory.resolutions

    def counted(self: Inventory, path: str) -> object:
        asked[path] += 1
        return resolutions(self, path)

    inventory = take_inventory(Tree.of(FILES))
    monkeypatch.setattr(Inventory, "resolutions", counted)
    find_uses(inventory, SRC_LAYOUT, OPTIONS, HOMES)
    assert asked == Counter(inventory.python.keys())
