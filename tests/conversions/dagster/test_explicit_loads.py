from __future__ import annotations

import ast
from textwrap import dedent

import pytest
from tests.conversions.dagster.trees import MODULES, MOVES, SETTINGS, becomes, converted

from relayout.planning.split import Part, Split

PAIRS = {
    "a package": (
        """
        from dagster import Definitions, load_assets_from_package_module

        from shop import defs as everything

        defs = Definitions(
            assets=load_assets_from_package_module(everything, group_name="shop"),  # all of it
        )
        """,
        """
        from dagster import Definitions, load_assets_from_modules

        from shop.defs import sales as facts, orders as raw

        defs = Definitions(
            assets=load_assets_from_modules([raw, facts], group_name="shop"),  # all of it
        )
        """,
    ),
    "the name of a package": (
        """
        import dagster as dg

        assets = dg.load_assets_from_package_name("shop.defs", key_prefix="shop")
        checks = dg.load_asset_checks_from_package_name(package_name="shop.defs")
        """,
        """
        import dagster as dg
        from shop.defs import sales as facts, quality, orders as raw

        assets = dg.load_assets_from_modules([raw, facts], key_prefix="shop")
        checks = dg.load_asset_checks_from_modules(modules=[quality])
        """,
    ),
    "a relative import": (
        """
        from dagster import load_assets_from_package_module as load
        from . import defs

        assets = load(defs)
        others = defs.texts.GREETING
        """,
        """
        from dagster import load_assets_from_modules
        from . import defs
        from .defs import sales as facts, orders as raw

        assets = load_assets_from_modules([raw, facts])
        others = defs.texts.GREETING
        """,
    ),
    "names that are taken": (
        """
        from dagster import load_assets_from_modules as of, load_assets_from_package_module
        import shop.defs

        raw = load_assets_from_package_module(shop.defs)
        more = of([])
        """,
        """
        from dagster import load_assets_from_modules as of
        from shop.defs import orders as assets_raw, sales as facts

        raw = of([assets_raw, facts])
        more = of([])
        """,
    ),
    "definitions of a package": (
        """
        import dagster as dg
        import shop.defs

        defs = dg.Definitions.merge(
            dg.load_definitions_from_package_module(shop.defs, loggers={}),
            dg.Definitions(),
        )
        """,
        """
        import dagster as dg
        from shop.defs import sales as facts, runs as jobs, quality, orders as raw

        defs = dg.Definitions.merge(
            dg.load_definitions_from_modules([raw, facts, quality, jobs], loggers={}),
            dg.Definitions(),
        )
        """,
    ),
    "a defs folder": (
        """
        from pathlib import Path

        import dagster as dg


        @dg.definitions
        def defs():
            return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
        """,
        """
        import dagster as dg
        from shop.defs import sales as facts, quality, orders as raw
        from shop.defs.runs import daily


        @dg.definitions
        def defs():
            return dg.Definitions(
                assets=dg.load_assets_from_modules([raw, facts]),
                asset_checks=dg.load_asset_checks_from_modules([quality]),
                jobs=[daily],
            )
        """,
    ),
    "the older loader of a defs folder": (
        """
        from dagster.components import load_defs
        import shop.defs

        defs = load_defs(shop.defs)
        """,
        """
        from dagster import (
            Definitions,
            load_asset_checks_from_modules,
            load_assets_from_modules,
        )
        from shop.defs import sales as facts, quality, orders as raw
        from shop.defs.runs import daily

        defs = Definitions(
            assets=load_assets_from_modules([raw, facts]),
            asset_checks=load_asset_checks_from_modules([quality]),
            jobs=[daily],
        )
        """,
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_comes_apart_is_named(name: str) -> None:
    before, after = PAIRS[name]
    assert becomes(before) == dedent(after)


@pytest.mark.parametrize(
    "code",
    [
        "import dagster as d\nimport shop.defs.sales as s\nx = d.load_assets_from_modules([s])\n",
        "import dagster as d\nimport other\nx = d.load_assets_from_package_module(other)\n",
        "import dagster as dg\nx = dg.load_assets_from_package_name(name)\n",
        "import dagster as dg\nx = 'dg.load_assets_from_package_name(\"shop.defs\")'\n",
        "from mine import load_assets_from_package_name as x\ny = x('shop.defs')\n",
        "import dagster as dg\nimport shop.web as w\nx = dg.load_assets_from_package_module(w)\n",
    ],
)
def test_what_stays_together_is_left_alone(code: str) -> None:
    more = {"src/shop/web/__init__.py": "", "src/shop/web/a.py": MODULES["src/shop/defs/sales.py"]}
    assert becomes(code, more=more) == code


def test_a_package_that_moves_whole_is_left_to_its_import() -> None:
    code = (
        "import dagster as d\nimport shop.defs\nx = d.load_assets_from_package_module(shop.defs)\n"
    )
    moves = {path: path.replace("/defs/", "/flows/") for path in MODULES if "/defs/" in path}
    found, _ = converted({**MODULES, "src/shop/definitions.py": code}, moves)
    assert found.edits == {}


def test_line_ends_and_marks_stay() -> None:
    code = (
        "\ufefffrom dagster import load_assets_from_package_name\r\n\r\n"
        "x = (\r\n    load_assets_from_package_name('shop.defs')\r\n)\r\n"
    )
    assert becomes(code) == (
        "\ufefffrom dagster import load_assets_from_modules\r\n"
        "from shop.defs import sales as facts, orders as raw\r\n\r\n"
        "x = (\r\n    load_assets_from_modules([raw, facts])\r\n)\r\n"
    )


def test_components_go_on_being_loaded() -> None:
    code = """
        import dagster as dg

        defs = dg.load_from_defs_folder(path_within_project=HERE)
        """
    more = {"src/shop/defs/report/defs.yaml": "type: shop.Report\n"}
    assert becomes(code, more=more) == dedent(
        """
        import dagster as dg
        from shop.defs import sales as facts, runs as jobs, quality, orders as raw

        defs = dg.Definitions.merge(
            dg.load_from_defs_folder(path_within_project=HERE),
            dg.load_definitions_from_modules([raw, facts, quality, jobs]),
        )
        """
    )


OBJECT = """\
    import dagster as dg

    @dg.asset
    def hidden(): ...

    @dg.definitions
    def resources({}): return dg.Definitions(resources={{}})
    """
FOLDER = "import dagster as dg\n\ndefs = dg.load_from_defs_folder(path_within_project=HERE)\n"


def test_a_definitions_object_speaks_for_its_module() -> None:
    more = {"src/shop/defs/lake.py": OBJECT.format("")}
    text = becomes(FOLDER, more=more)
    assert "    lake.resources(),\n" in text
    assert "load_assets_from_modules([raw, facts])" in text
    assert "from shop.defs import sales as facts, lake, quality, orders as raw\n" in text


def test_parts_of_a_module_that_had_an_object_are_not_loaded_by_themselves() -> None:
    parts = {
        "src/shop/defs/lake.py": "import dagster as dg\n@dg.asset\ndef hidden(): ...\n",
        "src/shop/defs/lake_definitions.py": "import dagster as dg\ndefs = dg.Definitions()\n",
    }
    split = Split(
        "src/shop/defs/lake.py",
        "assets",
        (Part("src/shop/defs/lake_definitions.py", "definitions", ("defs",)),),
    )
    files = {**MODULES, **SETTINGS, **parts, "src/shop/definitions.py": FOLDER}
    _, texts = converted(files, splits=[split])
    text = texts["src/shop/definitions.py"]
    assert "lake_definitions.defs" in text
    assert "import lake" not in text.replace("lake_definitions", "")
    assert "[raw, facts]" in text


def test_an_object_that_needs_the_folder_is_told() -> None:
    more = {"src/shop/defs/lake.py": OBJECT.format("context")}
    found, texts = converted({**MODULES, **SETTINGS, **more, "src/shop/definitions.py": FOLDER})
    assert texts == {}
    [finding] = [f for f in found.findings if f.code == "loader-not-followed"]
    assert (finding.path, finding.line) == ("src/shop/definitions.py", 3)


def test_a_name_that_is_bound_sometimes_is_left_to_dagster() -> None:
    job = 'import dagster as dg\nif x:\n    late = dg.define_asset_job("late")\n'
    text = becomes(FOLDER, more={"src/shop/defs/late.py": job})
    assert "    dg.load_definitions_from_modules([late]),\n" in text
    assert "jobs=[daily]" in text


def test_converted_files_are_not_converted_again() -> None:
    for before, _ in PAIRS.values():
        text = becomes(before)
        assert becomes(text) == text


@pytest.mark.parametrize("path", ["__legacy/shop.py", "src/shop/definitions.ipynb"])
def test_what_is_in_quarantine_or_no_module_is_left_alone(path: str) -> None:
    code = "import dagster as dg\nx = dg.load_assets_from_package_name('shop.defs')\n"
    found, _ = converted({**MODULES, path: code})
    assert found.edits == {}


def test_without_moves_nothing_is_done() -> None:
    found, _ = converted({**MODULES, **SETTINGS, "src/shop/definitions.py": FOLDER}, {})
    assert found.edits == {}
    assert MOVES


def test_a_loader_in_a_loader_is_left_to_the_outer_one() -> None:
    code = "import dagster as d, shop.defs\nx = d.load_defs(shop.defs, d.load_defs(shop.defs))\n"
    assert becomes(code).count("load_assets_from_modules") == 1


def test_modules_that_no_statement_can_name_are_imported_by_name() -> None:
    asset = "from dagster import asset\n\n@asset\ndef receipts(): ...\n"
    job = 'import dagster as dg\nnightly = dg.define_asset_job("nightly")\n'
    more = {"src/shop/defs/till-receipts.py": asset, "src/shop/defs/01-jobs.py": job}
    text = becomes(FOLDER, more=more)
    ast.parse(text)
    assert "from importlib import import_module\n" in text
    assert 'import_module("shop.defs.till-receipts")' in text
    assert 'import_module("shop.defs.01-jobs").nightly' in text
