"""Which dbt projects a tree has, and what is in them."""

from __future__ import annotations

import time

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.dbt import DbtProject, Source, find_dbt_projects
from relayout.tree import SYMLINK, Tree


def found_in(files: dict[str, str]) -> tuple[DbtProject, ...]:
    return find_dbt_projects(Tree.of(files))


def the_only(files: dict[str, str]) -> DbtProject:
    (project,) = found_in(files)
    return project


def test_a_project_is_its_folder() -> None:
    files = {
        "transform/dbt_project.yml": "name: 'shop'  # the shop\nprofile: shop_db\n",
        "transform/models/staging/stg_orders.sql": "select 1",
        "transform/models/staging/sources.yml": (
            "sources:\n"
            "  - name: raw\n"
            "    schema: raw_data\n"
            "    tables:\n"
            "      - name: orders\n"
            "      - {name: customers, identifier: CUSTOMERS_V2}\n"
            "  - name: crm\n"
            "    tables: [{name: leads}]\n"
        ),
        "transform/models/forecast.py": "def model(dbt, session):\n    return dbt.ref('x')\n",
        "transform/models/_helper.py": "def other(): ...\n",
        "transform/seeds/countries.csv": "code\nno\n",
        "transform/snapshots/orders.sql": "{% snapshot orders_history %}\n{% endsnapshot %}\n",
        "transform/snapshots/leads.yml": (
            "snapshots:\n  - name: leads_history\n    relation: source('crm', 'leads')\n"
            "  - name: orders_history\n    description: described only\n"
        ),
        "transform/macros/money.sql": "{%- macro cents(x) -%}{{ x }}{%- endmacro -%}",
        "transform/tests/no_debts.sql": "select 1",
        "transform/tests/generic/positive.sql": "{% test positive(model) %}{% endtest %}",
        "transform/analyses/look.sql": "select 2",
        "transform/run.py": "print(1)\n",
        "elsewhere.sql": "select 3",
    }
    project = the_only(files)
    assert (project.folder, project.name, project.profile) == ("transform", "shop", "shop_db")
    assert project.files == {path for path in files if path.startswith("transform/")}
    assert project.models == {
        "stg_orders": "transform/models/staging/stg_orders.sql",
        "forecast": "transform/models/forecast.py",
    }
    assert project.seeds == {"countries": "transform/seeds/countries.csv"}
    assert project.snapshots == {
        "orders_history": "transform/snapshots/orders.sql",
        "leads_history": "transform/snapshots/leads.yml",
    }
    assert project.macros == {
        "cents": "transform/macros/money.sql",
        "test_positive": "transform/tests/generic/positive.sql",
    }
    assert project.tests == {"no_debts": "transform/tests/no_debts.sql"}
    assert project.analyses == {"look": "transform/analyses/look.sql"}
    declared = "transform/models/staging/sources.yml"
    assert project.sources == (
        Source("raw", "raw_data", "orders", "orders", declared),
        Source("raw", "raw_data", "customers", "CUSTOMERS_V2", declared),
        Source("crm", "crm", "leads", "leads", declared),
    )
    assert project.paths["model"] == ("transform/models",)
    assert project.path == "transform/dbt_project.yml"
    assert not project.is_package
    assert not project.is_fixture


def test_an_inventory_has_them() -> None:
    inventory = take_inventory(Tree.of({"dbt/dbt_project.yml": "name: a\n"}))
    assert [project.name for project in inventory.dbt] == ["a"]


def test_folders_have_the_names_that_the_project_gives_them() -> None:
    project = the_only(
        {
            "d/dbt_project.yml": (
                "name: old\nsource-paths: [sql]\ndata_paths: data\n"
                "macro-paths: ['m', '../shared']\n"
            ),
            "d/sql/a.sql": "",
            "d/models/b.sql": "",
            "d/data/c.csv": "",
            "d/target/sql/a.sql": "",
        }
    )
    assert (set(project.models), set(project.seeds)) == ({"a"}, {"c"})
    assert project.paths["macro"] == ("d/m", "shared")


def test_what_dbt_writes_is_no_resource_even_where_the_whole_folder_is() -> None:
    project = the_only(
        {
            "d/dbt_project.yml": "name: flat\nmodel-paths: ['.']\ntarget-path: out\n",
            "d/a.sql": "",
            "d/out/compiled/flat/a.sql": "",
            "d/dbt_packages/utils/models/u.sql": "",
        }
    )
    assert project.models == {"a": "d/a.sql"}


def test_projects_inside_a_project_are_none_of_their_own() -> None:
    project = the_only(
        {
            "dbt/dbt_project.yml": "name: outer\n",
            "dbt/packages.yml": "packages: [{local: local/inner}]\n",
            "dbt/local/inner/dbt_project.yml": "name: inner\n",
            "dbt/dbt_packages/utils/dbt_project.yml": "name: utils\n",
        }
    )
    assert (project.name, project.packages) == ("outer", ("dbt/local/inner",))
    assert "dbt/local/inner/dbt_project.yml" in project.files


def test_a_local_package_beside_a_project_is_one_and_is_marked() -> None:
    shared, shop = found_in(
        {
            "dbt/shop/dbt_project.yml": "name: shop\n",
            "dbt/shop/packages.yml": (
                "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n"
                "  - local: ../shared\n  - local: /opt/other\n"
            ),
            "dbt/shared/dbt_project.yml": "name: shared\n",
        }
    )
    assert (shop.packages, shop.is_package) == (("dbt/shared",), False)
    assert (shared.name, shared.is_package) == ("shared", True)


def test_a_project_in_the_root_has_what_dbt_knows() -> None:
    of_dbt = {
        "dbt_project.yml": "name: shop\nmodel-paths: [models]\ndocs-paths: [docs]\n",
        "profiles.yml": "shop: {}\n",
        "packages.yml": "packages: []\n",
        "package-lock.yml": "",
        "selectors.yml": "",
        "models/a.sql": "select 1",
        "models/notes.txt": "",
        "seeds/c.csv": "x\n",
        "macros/m.sql": "{% macro m() %}{% endmacro %}",
        "tests/no_debts.sql": "select * from {{ ref('a') }}",
        "tests/tests.yml": "",
        "docs/models.md": "{% docs a %}text{% enddocs %}",
        "target/manifest.json": "{}",
        "target/compiled/shop/models/a.sql": "select 1",
        "dbt_packages/utils/dbt_project.yml": "name: utils",
    }
    others = {
        "Makefile": "run:\n\tdbt run\n",
        "tests/test_load.py": "def test(): ...\n",
        "tests/data/expected.sql": "select 1",
        "docs/index.md": "# The shop",
        "functions/handler.py": "",
        "analyses/plot.ipynb": "{}",
        "logs/app.log": "",
        "other/dbt_project.yml": "name: other\n",
    }
    root, other = found_in({**of_dbt, **others})
    assert (root.folder, other.folder) == ("", "other")
    assert root.files == set(of_dbt)


def test_a_log_of_dbt_makes_the_folder_of_logs_its_own() -> None:
    project = the_only({"dbt_project.yml": "name: a\n", "logs/dbt.log": "", "logs/dbt.log.1": ""})
    assert "logs/dbt.log.1" in project.files


def test_python_beside_models_in_the_root_stays_out() -> None:
    project = the_only(
        {
            "dbt_project.yml": "name: a\n",
            "models/a.sql": "select 1",
            "models/a.yml": "models: []\n",
            "models/ml/train.py": "import sklearn\n",
            "models/ml/params.yml": "depth: 3\n",
        }
    )
    assert project.files == {"dbt_project.yml", "models/a.sql", "models/a.yml"}


@pytest.mark.parametrize(
    "files",
    [
        {"{{cookiecutter.slug}}/dbt_project.yml": "name: a\n"},
        {"t/cookiecutter.json": "{}", "t/dbt/dbt_project.yml": "name: a\n"},
        {"pipelines/_templates/p/files/dbt/dbt_project.yml": "name: a\n"},
        {"p/copier.yml": "", "p/files/@{pipeline}@/dbt_project.yml": "name: '@{pipeline}@'\n"},
        {"dbt/dbt_project.yml": "name: '{{ project }}'\n"},
        {"dbt/target/compiled/a/dbt_project.yml/hooks/a.sql": "select 1"},
        {"dbt/dbt_project.yml": ""},
        {"dbt/dbt_project.yml": "[]"},
        {"dbt_packages/utils/dbt_project.yml": "name: utils\n"},
    ],
)
def test_templates_and_what_is_no_project(files: dict[str, str]) -> None:
    assert found_in(files) == ()


def test_one_of_a_virtual_environment_is_none() -> None:
    path = "venv/lib/python3.11/site-packages/dbt/include/dbt_project.yml"
    assert find_dbt_projects(Tree.of({path: "name: dbt\n"}), frozenset({path})) == ()


def test_a_link_to_one_is_none() -> None:
    tree = Tree.of({"a/dbt_project.yml": "name: a\n", "b/dbt_project.yml": "../a/dbt_project.yml"})
    linked = tree.with_modes({"b/dbt_project.yml": SYMLINK})
    assert [project.folder for project in find_dbt_projects(linked)] == ["a"]


def test_one_among_tests_is_a_fixture() -> None:
    assert the_only({"tests/dbt/dbt_project.yml": "name: a\n"}).is_fixture


@pytest.mark.parametrize(
    "text",
    [
        "name: 'shop'\nvars: {{ env_var('X') }}\n",
        "name: shop\r\nmodels: [\r\n",
        "name: shop\n" + "a: [" * 3000,
        "name: shop\nmodel-paths: " + "[" * 50 + "\n",
        "name: shop\n" + "#" * 1_000_000,
    ],
)
def test_what_cannot_be_read_has_its_name_and_the_usual_folders(text: str) -> None:
    project = the_only({"d/dbt_project.yml": text, "d/models/a.sql": ""})
    assert (project.name, set(project.models)) == ("shop", {"a"})


@pytest.mark.parametrize(
    "text",
    [
        "sources: 1\n",
        "sources: [1, {name: [a]}]\n",
        "sources: &a [*a]\n",
        "sources:\n- name: a\n",
        "sources: {a: b}\n",
        "sources: [{name: a, tables: {x: y}}]\n",
        "sources:\n\t- x\n",
    ],
)
def test_hostile_declarations_declare_nothing(text: str) -> None:
    project = the_only(
        {
            "d/dbt_project.yml": "name: a\npackages: 1\n",
            "d/models/s.yml": text,
            "d/packages.yml": text,
        }
    )
    assert project.sources == ()


def test_reading_takes_time_in_proportion() -> None:
    blocks = "{% " * 300_000 + "{%" + " " * 500_000
    files = {
        "d/dbt_project.yml": "name: a\n",
        "d/macros/m.sql": blocks,
        "d/models/m.py": " " * 10**6,
    }
    began = time.perf_counter()
    assert the_only(files).macros == {}
    assert time.perf_counter() - began < 5
