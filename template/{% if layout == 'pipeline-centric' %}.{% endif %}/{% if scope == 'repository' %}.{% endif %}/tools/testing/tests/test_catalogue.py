"""The catalogue says of each pipeline what its files say, and what is not so."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

FILES = {
    "orders/config/pipeline.yml": (
        'description: Orders <of> the shop.\nowner: team:sales\nschedule: "0 5 * * *"\n'
        "sources: [{name: people, kind: pipeline, location: customers.customers_by_country}]\n"
        "outputs: [orders_by_day]\nlabels: {tier: 1}\n"
    ),
    "orders/dbt/dbt_project.yml": "name: orders_dbt\nmodel-paths: [models]\n",
    "orders/dbt/models/staging/stg_orders.sql": (
        "{# {{ref('not_this')}} #}\nselect * from {{source('raw', 'orders')}}\n"
    ),
    "orders/dbt/models/orders_by_day.sql": (
        "{{config(materialized='table')}}\n-- ref('nor_this')\nselect * from {{ref('stg_orders')}}\n"
        "join {{ref('countries', v=1)}} using (x)\n"
        "{" + "% set again = source('raw', 'orders') %}\n"
    ),
    "orders/dbt/models/schema.yml": (
        "version: 2\nmodels:\n  - name: orders_by_day\n    description: Orders,\n      by day.\n"
        "sources:\n  - name: raw\n    schema: orders_raw\n    tables: [{name: orders}]\n"
    ),
    "orders/dbt/seeds/countries.csv": "x\n1\n",
    "orders/orchestration/definitions.py": (
        "import dagster as dg\n\n@dg.asset(name='files')\ndef load():\n    '''Load the files.'''\n\n"
        "@dg.asset(key=[NAME, 'report'])\ndef make_report(files): ...\n"
    ),
    "customers/config/pipeline.yml": (
        "description: Who buys.\nowner: team:crm\noutputs: [customers_by_country]\n"
    ),
    "customers/dbt/dbt_project.yml": "name: customers\n",
    "customers/dbt/models/customers_by_country.sql": "select 1\n",
    "adopted/dbt/dbt_project.yml": "name: adopted\n",
    "adopted/dbt/models/a.sql": "select * from {{ref('customers', 'customers_by_country')}}\n",
    "adopted/dbt/models/b.py": "def model(dbt, s):\n    return dbt.ref('a')\n",
    "adopted/orchestration/dag.py": "DAG('adopted', schedule_interval='@daily')\n",
}


@pytest.fixture
def tool(load: Callable[[str], Any]) -> Any:
    return load("platform/governance/catalogue.py")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository of three pipelines, one of which says nothing of itself."""
    for path, text in FILES.items():
        write(tmp_path, path, text)
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    file = root / "pipelines" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def entries(tool: Any, root: Path) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in tool.catalogue(root)["pipelines"]}


def test_what_a_pipeline_says_and_is_made_of(tool: Any, root: Path) -> None:
    orders = entries(tool, root)["orders"]
    assert orders["owner"] == "team:sales"
    assert orders["schedule"] == "0 5 * * *"
    assert orders["labels"] == {"tier": "1"}
    assert orders["outputs"] == [
        {"name": "orders_by_day", "description": "Orders, by day.", "declared": True}
    ]
    assert {node["name"]: (node["kind"], node["reads"]) for node in orders["nodes"]} == {
        "countries": ("seed", []),
        "files": ("asset", []),
        "orders_by_day": ("model", ["countries", "raw.orders", "stg_orders"]),
        "raw.orders": ("source", []),
        "report": ("asset", ["files"]),
        "stg_orders": ("model", ["raw.orders"]),
    }
    assert orders["reads_from"] == ["customers"]
    assert orders["problems"] == []


def test_a_pipeline_that_says_nothing(tool: Any, root: Path) -> None:
    adopted = entries(tool, root)["adopted"]
    assert adopted["owner"] is None
    assert adopted["schedule"] == "@daily"
    assert [output["name"] for output in adopted["outputs"]] == ["b"]
    assert adopted["reads_from"] == ["customers"]
    assert adopted["problems"] == [
        "no owner: pipelines/adopted/config/pipeline.yml: No such file or directory",
        "reads tables of customers, which sources do not say",
    ]
    assert entries(tool, root)["customers"]["read_by"] == ["adopted", "orders"]


def test_a_schema_of_another_pipeline_is_read(tool: Any, root: Path) -> None:
    text = "sources: [{name: them, schema: orders_marts, tables: [{name: orders_by_day}]}]\n"
    write(root, "customers/dbt/models/sources.yml", text)
    customers = entries(tool, root)["customers"]
    assert customers["reads_from"] == ["orders"]
    assert customers["problems"] == ["reads tables of orders, which sources do not say"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("owner: team:crm", "owner:", "no owner: name one in config/pipeline.yml"),
        ("[customers_by_country]", "[customer]", "output customer is neither a table of dbt"),
        (
            "outputs",
            "sources: [{name: a, kind: pipeline, location: x.y}]\noutputs",
            "no pipeline x",
        ),
        (
            "outputs",
            "sources: [{name: a, kind: pipeline, location: orders.stg_orders}]\noutputs",
            "reads orders.stg_orders, which is no output of orders",
        ),
    ],
)
def test_what_is_not_so_is_a_problem(
    tool: Any, root: Path, old: str, new: str, problem: str
) -> None:
    text = FILES["customers/config/pipeline.yml"].replace(old, new)
    write(root, "customers/config/pipeline.yml", text)
    assert any(problem in line for line in entries(tool, root)["customers"]["problems"])


def test_files_that_cannot_be_read_are_named(tool: Any, root: Path) -> None:
    write(root, "customers/dbt/models/broken.yml", "models: [\n")
    write(root, "customers/orchestration/broken.py", "def f(:\n")
    (root / "pipelines/customers/dbt/models/latin.sql").write_bytes(b"select '\xe9'")
    assert entries(tool, root)["customers"]["problems"] == [
        "dbt/models/broken.yml is not YAML",
        "dbt/models/latin.sql cannot be read",
        "orchestration/broken.py cannot be read",
    ]


def test_the_check_fails_without_an_owner_and_writes_nothing(
    tool: Any, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "ROOT", root)
    assert tool.main(["--check"]) == 1
    assert "error: pipelines/adopted: no owner" in capsys.readouterr().err
    assert not (root / "docs").exists()
    for path in [path for path in FILES if path.startswith("adopted")]:
        (root / "pipelines" / path).unlink()
    assert tool.main(["--check"]) == 0


def test_the_same_files_give_the_same_bytes(
    tool: Any, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "ROOT", root)
    folder = root / "docs" / "catalogue"
    assert tool.main([]) == 0
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert tool.main([]) == 0
    assert first == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(first) == ["catalogue.json", "index.html"]
    assert json.loads(first["catalogue.json"]) == tool.catalogue(root)


def test_the_json_has_the_form_of_its_schema(tool: Any, root: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((tool.ROOT / "platform/governance/catalogue.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(tool.catalogue(root))
    jsonschema.Draft202012Validator(schema).validate(tool.catalogue(tool.ROOT))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({"version": 1, "pipelines": [{}]})


class Page(HTMLParser):
    """The tags of a page that were not closed, its identifiers, links, and what it would load."""

    EMPTY = frozenset({"br", "input", "meta", "path", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name == "src":
                self.loads.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


def test_the_page_stands_alone(tool: Any, root: Path) -> None:
    text = tool.page(tool.catalogue(root))
    page = Page(text)
    assert not page.open
    assert not page.loads
    assert "@import" not in text
    assert "url(" not in text
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert "Orders &lt;of&gt; the shop." in text
    assert "no owner" in text


def test_the_lineage_is_drawn_also_in_a_circle(tool: Any, load: Callable[[str], Any]) -> None:
    lineage = load("platform/governance/catalogue_page.py").lineage
    above = {"a": ["b", "c"], "b": ["c"], "c": [], "x": ["y"], "y": ["x"], "alone": []}
    below: dict[str, list[str]] = {name: [] for name in above}
    for name, others in above.items():
        for other in others:
            below[other].append(name)
    found = [{"name": n, "reads_from": above[n], "read_by": below[n]} for n in above]
    picture = lineage(found)
    assert picture.count("<path") == 5
    assert picture.count("<rect") == 5
    assert "alone" not in picture
    assert lineage([]).startswith("<p>")
