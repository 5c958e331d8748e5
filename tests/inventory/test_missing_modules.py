"""An import of a module that a package of the repository does not have is broken, not foreign."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.meaning import Resolution, Status
from relayout.tree import Tree

OURS = {
    "Makefile": "run:\n\tpython run.py\n",
    "lib/db.py": "NAME = 1\n",
    "other/nothing.py": "",
    "run.py": "import lib.db\n",
}


def _resolution(code: str, **more: str) -> Resolution:
    """Return what the last import of another program means."""
    files = {**OURS, **more, "again.py": code}
    return take_inventory(Tree.of(files)).resolutions("again.py")[-1][1]


@pytest.mark.parametrize("marker", [{}, {"lib/__init__.py": ""}])
@pytest.mark.parametrize(
    ("code", "candidates"),
    [
        ("import lib.nothing\n", ("other/nothing.py",)),
        ("from lib.nothing import x\n", ("other/nothing.py",)),
        ("try:\n    import lib.gone\nexcept KeyError:\n    pass\n", ()),
    ],
)
def test_what_is_not_in_our_package_is_broken(
    code: str, candidates: tuple[str, ...], marker: dict[str, str]
) -> None:
    found = _resolution(code, **marker)
    assert (found.status, found.candidates) == (Status.BROKEN, candidates)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("import docker.errors\n", {"docker/start.py": ""}),
        ("import lib.fast\n", {"lib/fast.pyx": ""}),
        ("import lib.fast\n", {"lib/fast.cpython-312-x86_64-linux-gnu.so": ""}),
        ("from lib._version import version\n", {}),
        ("from lib.orders_pb2 import Order\n", {}),
        ("import lib.other\n", {"lib/__init__.py": "__path__.append('elsewhere')\n"}),
        ("import lib.other\n", {"requirements.txt": "lib\n"}),
        ("import os.nothing\n", {}),
        ("try:\n    import lib.gone\nexcept ImportError:\n    pass\n", {}),
        ("try:\n    import lib.gone\nexcept (KeyError, ModuleNotFoundError):\n    pass\n", {}),
        ("from contextlib import suppress\nwith suppress(ImportError):\n    import lib.x\n", {}),
        ("import lib.db.moves\n", {}),
    ],
)
def test_what_may_yet_be_there_is_not_ours_to_judge(code: str, more: dict[str, str]) -> None:
    assert _resolution(code, **more).status is Status.EXTERNAL


def test_what_only_quarantine_has_is_broken_outside_of_it() -> None:
    files = {
        "packages/shop/legacy_django/orders/models.py": "class Order: ...\n",
        "packages/shop/legacy_django/orders/views.py": "from orders.models import Order\n",
        "packages/shop/src/shop/load.py": "from orders.models import Order\n",
        "packages/shop/src/shop/other.py": (
            "try:\n    from orders.models import Order\nexcept ImportError:\n    Order = None\n"
        ),
        "packages/shop/src/shop/jobs.py": "from celery.models import Task\n",
        "packages/shop/legacy_django/shop/celery/models.py": "class Task: ...\n",
    }
    inventory = take_inventory(Tree.of(files))
    status = {
        path.rpartition("/")[2]: found[-1][1].status
        for path in files
        if (found := inventory.resolutions(path))
    }
    assert status == {
        "views.py": Status.RESOLVED,
        "load.py": Status.BROKEN,
        "other.py": Status.EXTERNAL,
        "jobs.py": Status.EXTERNAL,
    }


def test_a_package_in_ours_is_ours_too_if_nothing_imports_it() -> None:
    files = {"lib/__init__.py": "", "lib/old/__init__.py": "", "lib/old/a.py": ""}
    assert _resolution("import lib.old.gone\n", **files).status is Status.BROKEN


def test_a_folder_without_marker_may_be_in_several_packages() -> None:
    assert _resolution("import lib.old.gone\n", **{"lib/old/a.py": ""}).status is Status.EXTERNAL
