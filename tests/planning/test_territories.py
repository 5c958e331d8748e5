from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.planning.territories import find_homes
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree

RECIPE = load_recipe("monorepo", recipes_folder(find_suite()))
PLACED = {
    "packages/shop/pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
    "packages/shop/src/shop/__init__.py": "",
    "packages/shop/src/shop/cli/__init__.py": "",
    "packages/shop/src/shop/cli/load.py": "import django\n\ndef main() -> None: ...\n",
    "packages/shop/src/shop/config/__init__.py": "",
    "packages/shop/src/shop/config/project_settings.py": 'INSTALLED_APPS = ["orders"]\n',
}
MANAGE = (
    "from django.core.management import execute_from_command_line\n\n"
    'if __name__ == "__main__":\n    execute_from_command_line(["manage.py"])\n'
)


def homes_of(files: dict[str, str]) -> list[tuple[str, str, bool]]:
    """Return the packages of a repository: names, folders, and whether Django is taken apart."""
    homes = find_homes(take_inventory(Tree.of(files)), RECIPE, "")
    return [(t.home.package, t.base, t.django is not None) for t in homes.territories if t.base]


def test_settings_that_a_placed_package_carries_are_no_django_project() -> None:
    assert homes_of(PLACED) == [("shop", "packages/shop", False)]


def test_a_project_that_a_program_starts_is_one_wherever_it_is() -> None:
    other = {"crm/manage.py": MANAGE, "crm/crm/settings.py": "INSTALLED_APPS = []\n"}
    assert ("crm", "crm", True) in homes_of({**PLACED, **other})
