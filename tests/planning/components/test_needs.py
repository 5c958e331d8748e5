"""Which modules must be importable by their names, because others need them."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.planning.components.needs import (
    imported_from_elsewhere,
    started_by_name,
    with_what_they_need,
)
from relayout.tree import Tree


def test_what_another_folder_imports_is_needed() -> None:
    inventory = take_inventory(
        Tree.of({"a/x.py": "import y\nfrom b import z\n", "a/y.py": "", "b/z.py": ""})
    )
    assert imported_from_elsewhere(inventory) == {"b/z.py"}


def test_a_needed_module_brings_its_package_and_what_it_imports() -> None:
    inventory = take_inventory(
        Tree.of(
            {
                "lib/log/__init__.py": "from log.names import N\n",
                "lib/log/names.py": "N = 1\n",
                "lib/other.py": "",
                "words.py": "",
                "lib/log/deep/__init__.py": "import words\n",
            }
        )
    )
    found = with_what_they_need(["lib/log/names.py"], inventory)
    assert found == {
        "lib/log/__init__.py",
        "lib/log/names.py",
        "lib/log/deep/__init__.py",
        "words.py",
    }


def test_modules_are_started_by_their_dotted_names() -> None:
    inventory = take_inventory(
        Tree.of(
            {
                "src/scripts/load.py": "",
                "jobs/daily.py": "",
                "jobs/weekly.py": "",
                "jobs/hourly.py": "",
                "dags/dag.py": 'Docker(command="python -m scripts.load --all")\n',
                "run.sh": "python3 -m jobs.daily\npython -m pytest\necho jobs.hourly\n",
                "service.yml": 'command: ["python", "-m", "jobs.weekly"]\n',
            }
        )
    )
    assert started_by_name(inventory) == {
        "src/scripts/load.py",
        "jobs/daily.py",
        "jobs/weekly.py",
    }
