"""Files of templates are not read as code of the repository."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.inventory.templates import template_files
from relayout.tree import Tree

BROKEN = "from {{ package }} import load\n"


def test_a_template_in_a_folder_is_known_by_its_questions() -> None:
    tree = Tree.of(
        {
            "pipelines/_templates/pipeline/copier.yml": "pipeline: {type: str}\n",
            "pipelines/_templates/pipeline/files/load.py": BROKEN,
            "scaffold/cookiecutter.json": "{}\n",
            "scaffold/{{cookiecutter.name}}/main.py": BROKEN,
            "pipelines/orders/load.py": "",
        }
    )
    assert template_files(tree) == frozenset(tree) - {"pipelines/orders/load.py"}
    assert set(take_inventory(tree).python) == {"pipelines/orders/load.py"}


def test_the_code_of_a_repository_that_is_a_template_itself_is_read() -> None:
    tree = Tree.of({"copier.yml": "name: {type: str}\n", "hooks/done.py": "print()\n"})
    assert template_files(tree) == frozenset()
    assert set(take_inventory(tree).python) == {"hooks/done.py"}
