"""After a migration ruff finds no unused or undefined name that it did not find before."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from migrations import migrate_files
from relayout.inventory import take_inventory
from relayout.migration import Migration
from test_cases import NAMES, migrate_case
from workbench import build_tree

RULES = "F401,F811,F821,F841"
"""Unused import, name defined anew while unused, undefined name, unused local variable."""

OPTIONS = ("--isolated", "--no-cache", "--exit-zero", "--output-format", "json")

_QUOTED = re.compile(r"`([^`]+)`")

Complaints = Mapping[str, Counter[str]]


def complaints(folder: Path, files: Mapping[str, bytes]) -> Complaints:
    """Return by file what ruff says about it: rule and last part of the name."""
    build_tree(folder, files)
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *OPTIONS, "--select", RULES, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Counter[str]] = {}
    for complaint in json.loads(done.stdout):
        if complaint["code"] not in RULES.split(","):
            continue  # it cannot be parsed, and so ruff says nothing else of it
        path = Path(complaint["filename"]).relative_to(folder.resolve()).as_posix()
        name = _QUOTED.findall(complaint["message"])[0].split(" as ")[-1].rpartition(".")[2]
        if complaint["code"] in RULES.split(","):
            found.setdefault(path, Counter())[f"{complaint['code']} {name}"] += 1
    return found


def left_behind(migrations: Iterable[tuple[str, Migration]], folder: Path) -> dict[str, list[str]]:
    """Return by name of the migration and file what ruff says only after it."""
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    targets: dict[str, str] = {}
    for name, migration in migrations:
        tree, rewritten = migration.before, migration.rewritten
        before |= {f"{name}/{p}": tree.read(p) for p in tree.modules}
        after |= {f"{name}/{p}": rewritten.read(p) for p in rewritten.modules}
        targets |= {f"{name}/{old}": f"{name}/{new}" for old, new in migration.plan.targets.items()}
    old = complaints(folder / "before", before)
    known = {targets.get(path, path): found for path, found in old.items()}
    new = complaints(folder / "after", after)
    more = {path: found - known.get(path, Counter()) for path, found in new.items()}
    return {path: sorted(found) for path, found in more.items() if found}


KNOWN = {
    # others may ask a package for what its __init__.py imports
    "dagster-package-loaders/src/jaffle/assets/__init__.py": ["F401 core"],
    # only a doctest uses it, and ruff does not look at doctests
    "examples-in-docstrings/src/pipelines/jobs/convert.py": ["F401 Path"],
}


def test_no_case_leaves_something_behind(tmp_path: Path) -> None:
    assert left_behind(((name, migrate_case(name)) for name in NAMES), tmp_path) == KNOWN


USE = "from db import who\n\nprint(who())\n"

FORMS = {
    "literal": "import sys\nsys.path.insert(0, 'utils')\n",
    "append": "import sys\nsys.path.append('utils')\n",
    "extend": "import sys\nsys.path.extend(['utils', 'shared'])\n",
    "augmented": "import sys\nsys.path += ['utils']\n",
    "slice": "import sys\nsys.path[:0] = ['utils']\n",
    "assigned": "import sys\nsys.path = ['utils'] + sys.path\n",
    "one-line": "import os, sys; sys.path.append(os.path.join(os.getcwd(), 'utils'))\n",
    "used-otherwise": "import sys\nsys.path.append('utils')\nprint(sys.argv)\n",
    "os-path": (
        "import os\nimport sys\n"
        "sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'utils'))\n"
    ),
    "pathlib": (
        "import sys\nfrom pathlib import Path\n"
        "sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'utils'))\n"
    ),
    "pathlib-module": (
        "import sys\nimport pathlib\n"
        "sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.joinpath('utils')))\n"
    ),
    "from-os": (
        "import sys\nfrom os.path import abspath, dirname, join\n"
        "sys.path.append(join(dirname(dirname(abspath(__file__))), 'utils'))\n"
    ),
    "some-of-a-from-import": (
        "import sys\nfrom os.path import abspath, basename, dirname, join\n"
        "sys.path.append(join(dirname(dirname(abspath(__file__))), 'utils'))\n"
        "print(basename('a/b'))\n"
    ),
    "constants": (
        "import os\nimport sys\n\nHERE = os.path.dirname(os.path.abspath(__file__))\n"
        "ROOT = os.path.dirname(HERE)\nUTILS = os.path.join(ROOT, 'utils')\n"
        "sys.path.insert(0, UTILS)\n"
    ),
    "constant-that-is-used": (
        "import os\nimport sys\n\nROOT = os.path.dirname(os.path.dirname(__file__))\n"
        "sys.path.insert(0, os.path.join(ROOT, 'utils'))\nprint(os.listdir(ROOT))\n"
    ),
    "guarded": (
        "import os\nimport sys\n\nP = os.path.join(os.path.dirname(__file__), '..', 'utils')\n"
        "if P not in sys.path:\n    sys.path.append(P)\n"
    ),
    "tried": (
        "import os\nimport sys\n\ntry:\n    sys.path.append(os.path.abspath('utils'))\n"
        "except Exception as error:\n    print(error)\n"
    ),
    "loop": "import os\nimport sys\n\nfor name in ('utils', 'shared'):\n"
    "    folder = os.path.join(os.path.dirname(__file__), '..', name)\n"
    "    sys.path.append(folder)\n",
    "helper": (
        "import sys\nfrom pathlib import Path\n\n\ndef add_root():\n"
        "    root = Path(__file__).resolve().parent.parent\n    utils = root / 'utils'\n"
        "    sys.path.insert(0, str(utils))\n\n\nadd_root()\n"
    ),
    "helper-with-argument": (
        "import os\nimport sys\n\n\ndef add(name):\n"
        "    sys.path.append(os.path.join(os.path.dirname(__file__), '..', name))\n\n\n"
        "add('utils')\n"
    ),
    "helper-that-returns": (
        "import sys\nfrom pathlib import Path\n\n\ndef root():\n"
        "    return Path(__file__).resolve().parent.parent\n\n\n"
        "sys.path.insert(0, str(root() / 'utils'))\n"
    ),
    "helper-that-searches": (
        "import sys\nfrom pathlib import Path\n\n\ndef find():\n"
        "    here = Path(__file__).resolve()\n"
        "    for folder in here.parents:\n        if (folder / 'utils').exists():\n"
        "            return folder / 'utils'\n    return here\n\n\nsys.path.append(str(find()))\n"
    ),
    "in-main": (
        "import sys\nfrom pathlib import Path\n\n\ndef main():\n"
        "    root = Path(__file__).resolve().parent.parent\n"
        "    sys.path.insert(0, str(root / 'utils'))\n    import db\n    print(db.who())\n\n\n"
        "main()\n"
    ),
    "conditional-import": (
        "import sys\nif 1:\n    import os\n    sys.path.append(os.path.abspath('utils'))\n"
    ),
    "local-import": (
        "def prepare():\n    import os\n    import sys\n"
        "    sys.path.append(os.path.abspath('utils'))\n\n\nprepare()\n"
    ),
    "aliased": "import os.path as osp\nimport sys as s\ns.path.append(osp.abspath('utils'))\n",
    "from-sys": "from os import path as p\nfrom sys import path\npath.append(p.abspath('utils'))\n",
    "site": "import os\nimport site\nsite.addsitedir(os.path.abspath('utils'))\n",
    "environment": (
        "import os\nimport sys\nos.environ['PYTHONPATH'] = os.path.abspath('utils')\n"
        "sys.path.append(os.environ['PYTHONPATH'])\n"
    ),
    "type-checking": (
        "import sys\nfrom typing import TYPE_CHECKING, List\n\nif not TYPE_CHECKING:\n"
        "    sys.path.append('utils')\nnames: List[str] = []\nprint(names)\n"
    ),
    "annotated": (
        "import sys\nfrom pathlib import Path\nfrom typing import Final\n\n"
        "ROOT: Final = Path(__file__).resolve().parent.parent\n"
        "UTILS: Final[Path] = ROOT / 'utils'\nsys.path.append(str(UTILS))\n"
    ),
    "several-targets": (
        "import os\nimport sys\n\nHERE, NAME = os.path.split(os.path.abspath(__file__))\n"
        "sys.path.append(os.path.join(HERE, '..', 'utils'))\nprint(NAME)\n"
    ),
    "walrus": (
        "import os\nimport sys\n\nif (p := os.path.abspath('utils')) not in sys.path:\n"
        "    sys.path.append(p)\n"
    ),
    "comprehension": (
        "import os\nimport sys\n\n"
        "sys.path += [os.path.abspath(name) for name in ('utils', 'shared')]\n"
    ),
    "repeated": (
        "import sys\nimport os\nsys.path.append(os.path.abspath('utils'))\n"
        "import sys  # noqa\nsys.path.append('shared')\n"
    ),
    "unknown": "import os\nimport sys\nsys.path.append(os.environ['UTILS'])\n",
    "unknown-and-known": (
        "import os\nimport sys\nsys.path.append(os.environ['UTILS'])\n"
        "sys.path.append(os.path.abspath('utils'))\n"
    ),
    "inspect": (
        "import inspect\nimport os\nimport sys\n\n"
        "here = os.path.dirname(os.path.abspath(inspect.getfile(inspect.currentframe())))\n"
        "sys.path.insert(0, os.path.join(os.path.dirname(here), 'utils'))\n"
    ),
    "moved-constant": "import sys\nfrom shared.paths import UTILS\nsys.path.append(str(UTILS))\n",
    "moved-helper": "from shared.paths import add_utils\nadd_utils()\n",
}


def _migrated(form: str) -> Migration:
    files = {
        "Makefile": "run:\n\tpython scripts/run.py\n",
        "scripts/run.py": form if "import db" in form else form + USE,
        "utils/db.py": "def who():\n    return 1\n",
        "shared/paths.py": (
            "import sys\nfrom pathlib import Path\n\nUTILS = Path(__file__).parents[1] / 'utils'\n"
            "\n\ndef add_utils():\n    sys.path.append(str(UTILS))\n"
        ),
    }
    return migrate_files(files)


@pytest.fixture(scope="module")
def forms() -> Mapping[str, Migration]:
    return {name: _migrated(form) for name, form in FORMS.items()}


@pytest.fixture(scope="module")
def behind(
    forms: Mapping[str, Migration], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, list[str]]:
    return left_behind(forms.items(), tmp_path_factory.mktemp("forms"))


@pytest.mark.parametrize("name", FORMS)
def test_no_path_hack_leaves_something_behind(name: str, behind: Mapping[str, list[str]]) -> None:
    assert {path: found for path, found in behind.items() if path.startswith(f"{name}/")} == {}


@pytest.mark.parametrize("name", FORMS)
def test_a_path_hack_is_gone_or_reported(name: str, forms: Mapping[str, Migration]) -> None:
    """Else the table above would show nothing."""
    migration = forms[name]
    before = migration.inventory.python["scripts/run.py"]
    assert before.hacks or name == "moved-helper"
    codes = {finding.code for finding in migration.plan.findings}
    after = take_inventory(migration.after).python["src/pipelines/scripts/run.py"]
    assert not after.hacks or codes & {"path-hack-unclear", "path-hack-kept"}
