"""What a move lets a program see: reported where it changes, and only there."""

from __future__ import annotations

import json

import pytest

from migrations import migrate_files

MAKE = "a:\n\tpython run.py\n"
MODEL = "class Model:\n    pass\n\n\ndef fit():\n    pass\n"


def reported(code: str, path: str = "lib/names.py", **more: str) -> list[tuple[int, str]]:
    """Return (line, message) of what is reported of a module that ``run.py`` imports."""
    files = {
        "Makefile": MAKE,
        "run.py": "from lib import names\nfrom lib.models import fit\n",
        "lib/names.py": "",
        "lib/models.py": MODEL,
        path: code,
        **more,
    }
    findings = migrate_files(files).plan.findings
    return [(f.line, f.message) for f in findings if f.code == "module-name-visible"]


@pytest.mark.parametrize(
    "code",
    [
        "if __name__ == '__main__':\n    pass\n",
        "if '__main__' != __name__:\n    pass\n",
        "import logging\nlog = logging.getLogger(__name__)\n",
        "import logging\nlog = logging.getLogger(__name__ + '.child')\n",
        "import structlog\nlog = structlog.get_logger(__name__)\n",
        "log = make_logger(name=__name__)\n",
        "import flask\napp = flask.Flask(__name__)\nb = flask.Blueprint('b', __name__)\n",
        "import sys\nme = sys.modules[__name__]\nyou = sys.modules.get(__name__)\n",
        "from importlib import import_module\nx = import_module('.models', __package__)\n",
        "from importlib import resources\nx = resources.files(__package__)\n",
        "def f(g): return g.__name__, g.__qualname__\n",
        "class C:\n    __module__ = 'x'\n",
        "__name__ = 'x'\n",
        "import pickle\ndef f(x): return pickle.dumps(x)\n",
        "import pickle\nfrom lib.models import fit\npickle.dumps(1)\n",
        "import pickle\nfrom lib import models\npickle.dumps(models.fit)\n",
        "import json\nfrom lib.models import Model\njson.dumps(Model)\n",
    ],
)
def test_what_finds_the_module_itself_is_not_reported(code: str) -> None:
    assert reported(code) == []


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("print(__name__)\n", 1),
        ("\nNAME = f'{__name__}.x'\n", 2),
        ("PATH = '%s.x' % __package__\n", 1),
        ("register(name=__name__)\n", 1),
        ("def f(c): return c.__module__ + '.' + c.__qualname__\n", 1),
        ("import pickle\nclass C: pass\ndef f(): return pickle.dumps(C())\n", 3),
        ("import pickle as p\nfrom lib.models import Model\np.dump(Model(), f)\n", 3),
        ("import joblib\nfrom lib import models\njoblib.load(models.Model)\n", 3),
        ("import shelve\nfrom lib.models import *\nwith shelve.open('x') as s: pass\n", 3),
        ("from pickle import dumps\nimport lib.models\ndumps(lib.models.Model)\n", 3),
    ],
)
def test_what_lets_a_name_be_seen_is_reported_once(code: str, line: int) -> None:
    assert [n for n, _ in reported(code)] == [line]


def test_the_message_says_both_names() -> None:
    [(_, message)] = reported("print(__name__)\n")
    assert message == "__name__ is used as a value: lib.names is now pipelines.utils.names"
    [(_, message)] = reported("print(__package__)\n")
    assert message == "__package__ is used as a value: lib is now pipelines.utils"


def test_a_program_that_nothing_imports_is_main_before_and_after() -> None:
    assert reported("print(__name__)\n", path="run.py") == []


def test_a_notebook_is_main_before_and_after_and_may_hold_pickles() -> None:
    cell = "import pickle\nimport lib.models as m\nprint(__name__)\npickle.dumps(m.Model())\n"
    made = {"cells": [{"cell_type": "code", "source": cell}], "metadata": {}, "nbformat": 4}
    [(_, message)] = reported(json.dumps(made), path="lib/look.ipynb")
    assert "lib.models.Model (now pipelines.utils.models.Model)" in message


def test_a_module_that_is_loaded_by_its_name_is_imported() -> None:
    more = {"run.py": "from importlib import import_module\nimport_module(f'parts.{x}')\n"}
    [(_, message)] = reported("NAME = __name__\n", path="parts/one.py", **more)
    assert message == "__name__ is used as a value: parts.one is now pipelines.parts.one"


def test_quarantined_code_is_not_reported() -> None:
    assert reported("print(__name__)\n", path="old/dead.py") == []


def test_a_package_that_keeps_its_name_is_not_reported() -> None:
    files = {
        "Makefile": "a:\n\tpython -m shop.run\n",
        "shop/__init__.py": "",
        "shop/run.py": "from shop import names\n",
        "shop/names.py": (
            "import pickle\nclass C: pass\nprint(__name__, C.__module__)\npickle.loads(x)\n"
        ),
    }
    migration = migrate_files(files)
    assert migration.plan.targets["shop/names.py"] == "src/shop/names.py"
    assert "module-name-visible" not in {f.code for f in migration.plan.findings}
