"""Splits are made together with all that follows them, or refused."""

from __future__ import annotations

import pytest

from relayout.conversions.splitting.division import divide
from relayout.errors import Refusal
from relayout.inventory import take_inventory
from relayout.planning.split import Part, Split
from relayout.tree import Tree
from splitting import AROUND, FOLDER

JOBS = f"{FOLDER}/jobs.py"
FILES = {
    **AROUND,
    JOBS: "import dagster as dg\n\ndaily = dg.define_asset_job('daily')\nLIMIT = 1\n",
    f"{FOLDER}/other.py": "from .jobs import LIMIT, daily\n",
}
INVENTORY = take_inventory(Tree.of(FILES))


def wanted(path: str = JOBS, part: str = f"{FOLDER}/limits.py", name: str = "LIMIT") -> Split:
    return Split(path, "jobs", (Part(part, "config", (name,)),))


def test_nothing_wanted_is_the_same_tree() -> None:
    assert divide(INVENTORY, ()).tree is INVENTORY.tree


def test_a_module_its_parts_and_its_importers_change_together() -> None:
    divided = divide(INVENTORY, [wanted()])
    assert divided.splits == (wanted(),)
    assert divided.tree.read(f"{FOLDER}/limits.py").decode().endswith("LIMIT = 1\n")
    assert b"LIMIT" not in divided.tree.read(JOBS)
    other = divided.tree.read(f"{FOLDER}/other.py").decode()
    assert other == "from .limits import LIMIT\nfrom .jobs import daily\n"


@pytest.mark.parametrize(
    ("split", "said"),
    [
        (wanted(path=f"{FOLDER}/gone.py"), "gone.py"),
        (wanted(name="nothing"), "takes nothing out of"),
        (wanted(part=f"{FOLDER}/other.py"), "cannot be split into"),
    ],
)
def test_a_split_that_cannot_be_is_refused(split: Split, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        divide(INVENTORY, [split])
    assert "relayout plan --output" in str(refused.value)
