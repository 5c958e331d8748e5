"""Shims are known by their form, and by nothing less."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.python import read_python
from relayout.inventory.shims import Shim, is_support, looks_like_shim, read_shim, shims_of
from relayout.tree import Tree
from shim_trees import shimmed

SHIM = (
    '"""Moved to shop.assets.raw."""\n\nfrom shop._moved import forward\n\n'
    'forward(__name__, "shop.assets.raw", removed_in="0.4.0")\n'
)
PATH = "src/shop/defs/orders.py"


def test_a_tree_with_shims_has_them() -> None:
    inventory = take_inventory(shimmed().tree)
    found = shims_of(inventory)
    assert found[PATH] == Shim(
        PATH, "shop.defs.orders", ("shop.assets.raw",), "0.4.0", "shop._moved"
    )
    assert found["src/shop/defs/jobs.py"].targets == (
        "shop.jobs.jobs",
        "shop.jobs.schedules",
        "shop.utils.clean",
    )
    assert set(found) == {
        PATH,
        "src/shop/defs/jobs.py",
        "src/shop/defs/__init__.py",
        "src/shop/resources/__init__.py",
    }
    support = [path for path, file in inventory.python.items() if is_support(file)]
    assert support == ["src/shop/_moved.py"]


@pytest.mark.parametrize(
    "text",
    [
        SHIM,
        SHIM.replace(', removed_in="0.4.0"', ""),
        SHIM.replace("shop._moved", "shop._moved_2"),
        SHIM.replace('"shop.assets.raw", ', "'shop.assets.raw',\n    "),
        SHIM.replace("\n", "\r\n"),
        "# our licence\n" + SHIM,
    ],
)
def test_what_is_a_shim(text: str) -> None:
    tree = Tree.of({PATH: text})
    assert read_shim(PATH, tree.read(PATH)) is not None
    assert looks_like_shim(read_python(PATH, tree))


@pytest.mark.parametrize(
    "text",
    [
        "",
        SHIM + "X = 1\n",
        SHIM.replace("forward\n\n", "forward as f\n\n"),
        SHIM.replace("shop._moved", "shop.nets"),
        SHIM.replace("import forward", "import forward, other"),
        "def forward(x):\n    return x\n",
        "import os\n" + SHIM,
        "from shop._moved import forward\n(",
        "\0",
    ],
)
def test_what_is_none(text: str) -> None:
    tree = Tree.of({PATH: text})
    assert not looks_like_shim(read_python(PATH, tree))


@pytest.mark.parametrize(
    "call",
    [
        "forward(__name__)",
        'forward("shop.defs", "shop.assets")',
        "forward(__name__, target)",
        'forward(__name__, "a", 1)',
        'forward(__name__, "a", removed_in=VERSION)',
        'forward(__name__, "a", other="b")',
        'other(__name__, "a")',
    ],
)
def test_a_call_that_says_something_else(call: str) -> None:
    text = f'"""It."""\n\nfrom shop._moved import forward\n\n{call}\n'
    assert read_shim(PATH, text.encode()) is None


@pytest.mark.parametrize("content", [b"\xff\xfe\0", b"(" * 50_000, b"x" * 1_000_000])
def test_hostile_files_are_none(content: bytes) -> None:
    assert read_shim(PATH, content) is None
