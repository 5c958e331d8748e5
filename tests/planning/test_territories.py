"""Which packages a repository has, or gets, and what belongs to each."""

from __future__ import annotations

import pytest

from relayout.errors import Refusal
from relayout.inventory import take_inventory
from relayout.planning.homes import Homes
from relayout.planning.territories import find_homes
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from workbench import SUITE

MONOREPO = load_recipe("monorepo", recipes_folder(SUITE))

MANAGER = """\
import os
from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{}.settings")
execute_from_command_line()
"""
COMMAND = """\
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args, **options): ...
"""


def django(folder: str, name: str) -> dict[str, str]:
    files = {
        "manage.py": MANAGER.format(name),
        f"{name}/__init__.py": "",
        f"{name}/settings.py": f'INSTALLED_APPS = ["{name}"]\n',
        f"{name}/management/commands/load.py": COMMAND,
    }
    return {f"{folder}{path}": text for path, text in files.items()}


def homes_of(files: dict[str, str], wanted: str = "") -> Homes:
    return find_homes(take_inventory(Tree.of(files)), MONOREPO, wanted)


def told(homes: Homes) -> list[tuple[str, str, str]]:
    return [(t.home.package, t.home.project, t.base) for t in homes.territories]


def test_code_without_a_name_of_its_own_is_one_package() -> None:
    assert told(homes_of({"load.py": ""})) == [("data_pipeline", "packages/data_pipeline", "")]
    assert told(homes_of({"load.py": ""}, "jobs")) == [("jobs", "packages/jobs", "")]


def test_packages_that_stand_are_kept_and_the_largest_is_the_main_one() -> None:
    homes = homes_of(
        {
            "packages/a/pyproject.toml": "",
            "packages/b/pyproject.toml": "",
            "packages/b/__init__.py": "",
            "packages/b/load.py": "",
            "packages/notes/README.md": "",
            "tool.py": "",
        }
    )
    assert told(homes) == [
        ("b", "packages/b", ""),
        ("b", "packages/b", "packages/b"),
        ("a", "packages/a", "packages/a"),
    ]
    assert homes.of("packages/b/load.py").package_folder == "packages/b"
    assert homes.of("tool.py").home.package == "b"
    assert [home.package for home in homes.all] == ["b", "a"]


@pytest.mark.parametrize(
    ("files", "name", "folder"),
    [
        (["packages/x/src/y/__init__.py"], "y", ""),
        (["packages/x/y/__init__.py"], "y", "packages/x/y"),
        (["packages/x-y/__init__.py"], "x_y", "packages/x-y"),
        (["packages/x/x/__init__.py", "packages/x/z/__init__.py"], "x", "packages/x/x"),
        (["packages/x/load.py"], "x", ""),
    ],
)
def test_where_the_package_of_a_project_is(files: list[str], name: str, folder: str) -> None:
    territory = homes_of(dict.fromkeys(files, "")).territories[-1]
    assert (territory.home.package, territory.package_folder) == (name, folder)


def test_each_django_project_is_a_package() -> None:
    homes = homes_of({**django("one/", "shop"), **django("two/", "stock"), "load.py": ""})
    assert told(homes) == [
        ("shop", "packages/shop", ""),
        ("shop", "packages/shop", "one"),
        ("stock", "packages/stock", "two"),
    ]


def test_projects_of_one_name_get_two_and_none_gets_that_of_a_dependency() -> None:
    twice = {**django("one/", "shop"), **django("two/", "shop")}
    assert [home.package for home in homes_of(twice).all] == ["shop", "shop_2"]
    taken = {**django("", "shop"), "requirements.txt": "shop\n"}
    assert homes_of(taken).main.home.package == "shop_2"


def test_a_name_that_cannot_be_is_made_one() -> None:
    assert homes_of(django("", "MyShop")).main.home.package == "my_shop"


def test_the_name_that_a_person_gives_is_refused_if_it_cannot_be() -> None:
    with pytest.raises(Refusal, match="cannot be imported"):
        homes_of(django("", "shop"), "my-shop")


def test_what_is_in_quarantine_is_no_project_any_more() -> None:
    done = django("packages/shop/legacy_django/", "shop")
    homes = homes_of({**done, "packages/shop/src/shop/__init__.py": ""})
    assert [t.django for t in homes.territories] == [None, None]
