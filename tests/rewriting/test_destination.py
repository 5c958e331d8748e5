"""Where packages are after the moves, and whether they are still whole."""

from __future__ import annotations

import pytest

from relayout.inventory.search_paths import Located
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

FILES = {
    "lib/__init__.py": "",
    "lib/a.py": "",
    "lib/deep/b.py": "",
    "lib/data.csv": "",
    "bare/c.py": "",
    "bare/d.py": "",
}
WHOLE = {path: f"src/pipelines/{path}" for path in FILES if path.endswith(".py")}


def destination(**changed: str) -> Destination:
    moves = {**WHOLE, **{f"{old.replace('__', '/')}.py": new for old, new in changed.items()}}
    return Destination(Tree.of(FILES), moves, (Home("pipelines"),))


def test_a_package_is_whole_though_data_beside_its_modules_stays() -> None:
    after = destination()
    assert not after.came_apart(Located("lib/__init__.py"))
    assert not after.came_apart(Located(None, ("bare",)))
    assert after.of_folder("lib") is None
    assert after.of_folder("bare") == "src/pipelines/bare"


def test_a_package_comes_apart_with_one_module_that_goes_elsewhere() -> None:
    after = destination(lib__a="src/pipelines/a.py", bare__c="src/pipelines/c.py")
    assert after.came_apart(Located("lib/__init__.py"))
    assert after.came_apart(Located(None, ("bare",)))
    assert not after.came_apart(Located("lib/a.py"))
    assert not after.came_apart(Located(None, ("lib/deep",)))


def test_a_folder_that_gets_a_marker_is_a_package() -> None:
    after = destination()
    target = after.of_located(Located(None, ("bare",)))
    assert target == Located("src/pipelines/bare/__init__.py")
    assert after.name_of(target, ("src",)) == "pipelines.bare"


@pytest.mark.parametrize(
    ("level", "found"), [(1, "src/pipelines/lib/__init__.py"), (2, "src/pipelines/__init__.py")]
)
def test_dots_count_folders_up_to_the_top_package(level: int, found: str) -> None:
    assert destination().relative("src/pipelines/lib/a.py", level, "") == Located(found)


def test_dots_lead_nowhere_beyond_the_top_package() -> None:
    assert destination().relative("src/pipelines/lib/a.py", 3, "") is None


def test_a_place_leads_where_it_went_and_what_it_left_stays() -> None:
    files = {"data/db/init/a.sql": "", "data/orders.csv": ""}
    tree = Tree.of(files).with_places(["data/db", "data/db/log", "data/mq", "other/x"])
    moves = {"data/db": "data/services/db", "data/db/init/a.sql": "data/services/db/init/a.sql"}
    destination = Destination(tree, moves, (Home("pkg"),))
    places = {"data/db": "data/services/db", "data/db/log": "data/services/db/log"}
    places |= {"data/db/init": "data/services/db/init", "data/mq": "data/mq", "other/x": "other/x"}
    assert {folder: destination.of_folder(folder) for folder in places} == places
    assert destination.of_folder("data") == "data"
    assert destination.has_moved("data/db/log")


def test_no_folder_becomes_one_that_the_layout_makes_of_several() -> None:
    moves = {"dags/dbt/a.sql": "pipelines/orders/dbt/a.sql", "ops/b.py": "pipelines/shared/b.py"}
    destination = Destination(
        Tree.of(dict.fromkeys(moves, "")), moves, (Home("pipelines", "", ""),)
    )
    assert destination.of_folder("dags/dbt") == "pipelines/orders/dbt"
    assert destination.of_folder("dags") is None
    assert destination.of_folder("ops") is None
