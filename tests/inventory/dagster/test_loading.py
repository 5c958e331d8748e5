from __future__ import annotations

from textwrap import dedent

import pytest

from relayout.inventory import Inventory, take_inventory
from relayout.inventory.dagster.loading import (
    code_locations,
    loaded_with_components,
    loaders,
)
from relayout.inventory.dagster.loading_calls import LOADED_KINDS
from relayout.tree import Tree

PACKAGE = {
    "shop/__init__.py": "",
    "shop/defs/__init__.py": "",
    "shop/defs/orders.py": "from dagster import asset\n\n@asset\ndef orders(): ...\n",
    "shop/defs/deep/__init__.py": "",
    "shop/defs/deep/sales.py": "from dagster import asset\n\n@asset\ndef sales(): ...\n",
    "shop/defs/loose/extra.py": "",
}
IN_PACKAGE = (
    "shop/defs/__init__.py",
    "shop/defs/deep/__init__.py",
    "shop/defs/deep/sales.py",
    "shop/defs/orders.py",
)


def inventory_of(files: dict[str, str]) -> Inventory:
    return take_inventory(Tree.of({path: dedent(text) for path, text in files.items()}))


def loaded(code: str, path: str = "shop/definitions.py") -> tuple[str, ...] | None:
    [loader] = loaders(inventory_of({**PACKAGE, path: code}))
    return loader.modules


@pytest.mark.parametrize(
    "code",
    [
        """
        from dagster import load_assets_from_package_module
        from shop import defs
        all = load_assets_from_package_module(defs, group_name="shop")
        """,
        """
        import dagster as dg
        import shop.defs
        all = dg.load_assets_from_package_module(package_module=shop.defs)
        """,
        """
        from dagster import load_assets_from_package_module as load
        from . import defs as everything
        all = load(everything)
        """,
        """
        import dagster
        all = dagster.load_assets_from_package_name("shop.defs")
        """,
        """
        import importlib
        from dagster import load_asset_checks_from_package_module
        all = load_asset_checks_from_package_module(importlib.import_module("shop.defs"))
        """,
        """
        from dagster import load_definitions_from_package_module
        import shop
        defs = load_definitions_from_package_module(shop.defs)
        """,
    ],
)
def test_a_package_is_loaded_with_the_packages_in_it(code: str) -> None:
    assert loaded(code) == IN_PACKAGE


@pytest.mark.parametrize("name", ["__name__", "__package__"])
def test_a_package_may_load_itself(name: str) -> None:
    code = f"import dagster as dg\nall = dg.load_assets_from_package_name({name})\n"
    assert loaded(code, "shop/defs/deep/__init__.py") == (
        "shop/defs/deep/__init__.py",
        "shop/defs/deep/sales.py",
    )


@pytest.mark.parametrize(
    "listed",
    ["[orders, deep.sales]", "(orders, deep.sales)", "modules=[orders, deep.sales]", "LISTED"],
)
def test_modules_are_loaded_that_a_list_names(listed: str) -> None:
    code = f"""
    import dagster as dg
    from shop.defs import deep, orders
    LISTED = [orders, deep.sales]
    all = dg.load_assets_from_modules({listed})
    """
    assert loaded(code) == ("shop/defs/orders.py", "shop/defs/deep/sales.py")


@pytest.mark.parametrize("listed", ["found()", "[*found()]", "[orders, other]", "", "*found()"])
def test_what_a_list_has_may_not_be_known(listed: str) -> None:
    code = f"""
    import dagster as dg
    from shop.defs import orders
    from elsewhere import found, other
    all = dg.load_assets_from_modules({listed})
    """
    assert loaded(code) is None


def test_the_current_module_is_the_file_itself() -> None:
    code = "from dagster import load_assets_from_current_module as c\nx = c(group_name='a')\n"
    assert loaded(code) == ("shop/definitions.py",)


def test_calls_of_other_functions_of_that_name_are_no_loaders() -> None:
    code = """
    import dagster
    from shop.own import load_assets_from_modules
    def load_defs(x): return x
    a = load_assets_from_modules([1])
    b = load_defs("shop.defs")
    c = "dagster.load_assets_from_package_name('shop.defs')"
    """
    assert loaders(inventory_of({**PACKAGE, "shop/x.py": code})) == ()


def test_a_defs_folder_is_that_of_the_settings() -> None:
    code = """
    from pathlib import Path
    from dagster import definitions, load_from_defs_folder

    @definitions
    def defs():
        return load_from_defs_folder(path_within_project=Path(__file__).parent)
    """
    files = {f"src/{path}": text for path, text in PACKAGE.items()}
    files["pyproject.toml"] = '[tool.dg.project]\nroot_module = "shop"\n'
    files["src/shop/definitions.py"] = code
    files["src/shop/defs/report/defs.yaml"] = "type: shop.Report\n"
    files["src/shop/defs/made.py"] = "@dg.component_instance\ndef one(context): ...\n"
    inventory = inventory_of(files)
    [loader] = loaders(inventory)
    assert loader.folder == "src/shop/defs"
    assert loader.modules == tuple(
        sorted(f"src/{path}" for path in (*IN_PACKAGE, "shop/defs/loose/extra.py"))
    )
    assert loader.components == ("src/shop/defs/made.py", "src/shop/defs/report")


def test_only_modules_with_an_object_are_named_of_a_folder_with_components() -> None:
    files = {
        "dg.toml": '[project]\nroot_module = "shop"\n',
        **PACKAGE,
        "shop/defs/a/defs.yaml": "type: x\n",
        "shop/defs/resources.py": "import dagster as dg\ndefs = dg.Definitions(resources={})\n",
        "shop/definitions.py": "import dagster as dg\ndefs = dg.load_from_defs_folder()\n",
    }
    assert loaded_with_components(inventory_of(files)) == {"shop/defs/resources.py"}
    del files["shop/defs/a/defs.yaml"]
    assert loaded_with_components(inventory_of(files)) == frozenset()


DEFS = (
    "import dagster as dg\nfrom shop.defs.orders import orders\ndefs = dg.Definitions([orders])\n"
)


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("pyproject.toml", '[tool.dagster]\nmodule_name = "shop.main"\n', "shop.main"),
        ("pyproject.toml", '[tool.dagster]\npython_file = "shop/main.py"\n', "shop/main.py"),
        (
            "pyproject.toml",
            '[[tool.dagster.modules]]\ntype = "module"\nname = "shop.main"\n',
            "shop.main",
        ),
        (
            "pyproject.toml",
            '[tool.dg.project]\nroot_module = "shop"\ncode_location_target_module = "shop.main"\n',
            "shop.main",
        ),
        ("workspace.yaml", "load_from:\n  - python_file: shop/main.py\n", "shop/main.py"),
        ("workspace.yaml", "load_from:\n  - python_module: shop.main\n", "shop.main"),
        (
            "workspace.yaml",
            "load_from:\n  - python_module:\n      module_name: shop.main\n      attribute: defs\n",
            "shop.main",
        ),
        (
            "dagster_cloud.yaml",
            "locations:\n  - location_name: a\n    code_source:\n      module_name: shop.main\n",
            "shop.main",
        ),
    ],
)
def test_a_code_location_is_what_configuration_names(path: str, text: str, name: str) -> None:
    files = {**PACKAGE, "shop/main.py": DEFS, "other.py": DEFS, path: text}
    [location] = code_locations(inventory_of(files))
    assert (location.name, location.module) == (name, "shop/main.py")
    assert {"shop/main.py", "shop/defs/orders.py"} <= location.reached


def test_a_code_location_may_name_a_module_that_is_not_there() -> None:
    files = {**PACKAGE, "pyproject.toml": '[tool.dg.project]\nroot_module = "shop"\n'}
    [location] = code_locations(inventory_of(files))
    assert (location.name, location.module) == ("shop.definitions", "")


@pytest.mark.parametrize(
    "code",
    [
        DEFS,
        "from dagster import repository\n@repository\ndef all(): return []\n",
        "import dagster as dg\n@dg.definitions\ndef defs(): return dg.Definitions()\n",
        "from dagster import Definitions\ndefs = Definitions.merge(Definitions(), Definitions())\n",
        "from dagster import Definitions\ndefs: Definitions = Definitions()\n",
        "import dagster as dg\nimport shop.defs as d\ndefs = dg.load_defs(d)\n",
    ],
)
def test_without_configuration_modules_with_an_object_are_code_locations(code: str) -> None:
    files = {**PACKAGE, "start.py": code, "no.py": "Definitions = definitions = 'dagster'\n"}
    assert [location.module for location in code_locations(inventory_of(files))] == ["start.py"]


def test_a_location_reaches_what_its_loaders_load() -> None:
    files = {
        **PACKAGE,
        "start.py": "import dagster as dg\nfrom mid import all\ndefs = dg.Definitions(all)\n",
        "mid.py": "import dagster\nimport shop.defs\n"
        "all = dagster.load_assets_from_package_module(shop.defs)\n",
    }
    [location] = code_locations(inventory_of(files))
    assert location.reached >= {"start.py", "mid.py", *IN_PACKAGE}
    assert [loader.path for loader in location.loaders] == ["mid.py"]


@pytest.mark.parametrize(
    "code",
    [
        "import dagster\nload_assets_from_modules(",
        "import dagster as dg\ndg.load_defs()\ndg.load_assets_from_package_module()\n",
        "import dagster as dg\ndg.load_assets_from_package_name(1 + x)\n",
        "import dagster as dg\nimport nothing\ndg.load_assets_from_package_module(nothing.a.b)\n",
        "import dagster as dg\ndg.load_from_defs_folder(path_within_project=x)\n",
        "import dagster as dg\n" + "f(" * 300 + "dg.load_defs(a)" + ")" * 300 + "\n",
    ],
)
def test_nothing_is_made_of_code_that_cannot_be_read(code: str) -> None:
    found = loaders(inventory_of({**PACKAGE, "x.py": code}))
    assert all(loader.modules is None for loader in found)


def test_every_loader_takes_kinds() -> None:
    assert "asset_spec" not in LOADED_KINDS["load_assets_from_modules"]
    assert LOADED_KINDS["load_asset_checks_from_package_name"] == {"asset_check"}
    assert "job" in LOADED_KINDS["load_from_defs_folder"]
