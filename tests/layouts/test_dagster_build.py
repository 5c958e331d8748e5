"""The Dagster layout builds, runs, tests and lints; its web server shows the assets."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest
from building import Build
from growing import add
from images import replay_build_stage

Render = Callable[[Mapping[str, object]], Path]

MANAGERS = ("uv", "poetry", "pip")
ASSETS = {
    "raw": {"order_lines", "products"},
    "processed": {"order_lines", "products"},
    "consolidated": {"sales"},
    "dimensional": {"dim_customer", "dim_product"},
    "facts": {"fct_revenue", "fct_sales"},
}
OWN_CODE = """\
import dagster as dg

@dg.asset( group_name = 'shop' )
def orders( ) : return [ 1, 2 ]

@dg.asset( group_name = 'shop' )
def totals( orders ) : return sum(orders)
"""


@contextmanager
def web_server(build: Build) -> Iterator[int]:
    """Run `make dev` on a free port of this machine, and give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = build.folder.parent / "dev.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "dev", f"PORT={port}"],
            cwd=build.folder,
            env=build.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        end = time.monotonic() + 180
        while not answers(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.5)
        yield port
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(port: int) -> bool:
    """Tell whether the server is up, and has loaded the definitions."""
    try:
        found = graphql(port, "{ repositoriesOrError { __typename } }")
    except (OSError, HTTPException):
        return False
    return bool(found["repositoriesOrError"]["__typename"] == "RepositoryConnection")


def graphql(port: int, query: str) -> dict[str, Any]:
    """Return what the web server says to a query."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    body = json.dumps({"query": query})
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
    data: dict[str, Any] = json.load(connection.getresponse())["data"]
    connection.close()
    return data


def require_what_the_server_shows(port: int) -> None:
    """Fail if it does not show every asset in its group, and the runs of `make run`."""
    materialized = "assetMaterializations(limit: 1) { runId }"
    query = f"{{ assetNodes {{ assetKey {{ path }} groupName {materialized} }} }}"
    shown: dict[str, set[str]] = {}
    for node in graphql(port, query)["assetNodes"]:
        shown.setdefault(node["groupName"], set()).add(node["assetKey"]["path"][-1])
        assert node["assetMaterializations"], node
    assert shown == ASSETS
    runs = graphql(port, "{ runsOrError { ... on Runs { results { jobName status } } } }")
    results = runs["runsOrError"]["results"]
    assert {run["jobName"] for run in results} == {"order_list_ingest", "order_list_daily"}
    assert {run["status"] for run in results} == {"SUCCESS"}
    assert len(results) == 3


def use(build: Build) -> None:
    """Set up, run and test; what is linted is linted with the groups that are added."""
    build.make("setup")
    ran = build.make("run")
    for line in (
        "ok      order_list_ingest store|2025-07-03: 2 assets, 2 of 2 checks passed",
        "ok      order_list_ingest web|2025-07-03: 2 assets, 2 of 2 checks passed",
        "ok      order_list_daily 2025-07-03: 7 assets, 2 of 2 checks passed",
        "facts/fct_revenue 2025-07-03",
    ):
        assert line in ran
    assert "   47700" in ran
    tested = build.make("test")
    summary = re.search(r"(\d+) passed(?:, (\d+) skipped)?", tested)
    assert summary, tested
    assert int(summary[1]) >= 90
    assert summary[2] is None or "no PostgreSQL server is named" in tested


def grow_and_use(build: Build, suite: Path) -> None:
    """Add two groups to a repository that is set up, and fail if they do not run at once."""
    build.commit("Set up")
    for name in ("stock", "returns"):
        assert add(suite, build.folder, "scope=asset-group", f"group={name}") == ""
    pictures = {"docs/assets.svg", "docs/assets/stock.svg", "docs/assets/returns.svg"}
    before = {path: (build.folder / path).read_bytes() for path in pictures}
    ran = build.make("run")
    for job in ("order_list_daily", "returns_daily", "stock_daily"):
        assert re.search(rf"^ok +{job} 2025-07-03: \d assets, (\d) of \1 checks passed$", ran, re.M)
    alone = build.make("run", "GROUP=stock", "ARGS=--date 2025-07-01")
    assert re.findall(r"^ok +(\w+) ", alone, re.M) == ["stock_daily"]
    refused = build.run("make", "run", "GROUP=lost")
    assert refused.returncode != 0
    assert "invalid choice: 'lost'" in refused.stderr
    files = "tests/test_stock_group.py tests/test_returns_group.py tests/test_graph.py"
    assert " passed" in build.make("test", f"ARGS={files} tests/test_assets.py")
    build.make("lint")
    build.make("graph")
    assert {path: (build.folder / path).read_bytes() for path in pictures} == before


@pytest.mark.layout_build
def test_the_dagster_layout_builds_runs_tests_lints_and_grows(
    render: Render, tagged: Path, tmp_path: Path
) -> None:
    build = Build(render({"layout": "dagster"}), tmp_path / "project")
    use(build)
    assert build.changes() == {"uv.lock"}
    with web_server(build) as port:
        require_what_the_server_shows(port)
    assert build.changes() == {"uv.lock"}
    grow_and_use(build, tagged)

    orders = build.folder / "src" / "warehouse" / "sample" / "orders" / "2025-07-01" / "web.csv"
    with orders.open("a", encoding="utf-8") as file:
        file.write("W-1,1,C-1,LOST-1,1\n")
    refused = build.run("make", "run", "ARGS=--date 2025-07-01")
    assert refused.returncode != 0
    assert "FAILED  order_list_daily 2025-07-01" in refused.stdout
    assert "check sales_have_products did not pass" in refused.stdout


@pytest.mark.smoke
@pytest.mark.parametrize("manager", MANAGERS)
def test_every_manager(render: Render, tmp_path: Path, manager: str) -> None:
    answers = {"layout": "dagster", "package_manager": manager, "package": "a", "ci": "gitlab"}
    build = Build(render(answers), tmp_path / "project")
    use(build)
    build.make("lint")
    locks = {"uv": {"uv.lock"}, "poetry": {"poetry.lock"}, "pip": set()}
    assert build.changes() == locks[manager]
    app = tmp_path / "app"
    replay_build_stage(build.folder, build.folder / "Dockerfile", app)
    deployed = str(app / ".venv" / "bin" / "python")
    imports = "import a.definitions, dagster_webserver, dagster_postgres; print(a.__file__)"
    done = build.run(deployed, "-c", imports)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(app / ".venv")


@pytest.mark.smoke
@pytest.mark.parametrize("manager", MANAGERS)
def test_a_repository_that_brings_its_own_code(
    render: Render, tmp_path: Path, manager: str
) -> None:
    """The code is old and careless, and needs an older Dagster."""
    template = render({"layout": "dagster", "pipeline": "", "package_manager": manager})
    build = Build(template, tmp_path / "project")
    package = build.folder / "src" / "warehouse"
    (package / "assets").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "assets" / "__init__.py").write_text("")
    (package / "assets" / "shop.py").write_text(OWN_CODE)
    (package / "definitions.py").write_text(
        "import dagster as dg\nfrom warehouse.assets import shop\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_modules([shop]))\n"
    )
    pyproject = build.folder / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    text = text.replace("dependencies = []", 'dependencies = ["dagster==1.11.10"]')
    if manager == "poetry":
        text = text.replace(",<3.15", ",<3.14")
    pyproject.write_text(text, encoding="utf-8")

    build.make("setup")
    assert re.search(r"^ *orders$", build.make("run"), re.MULTILINE)
    assert "STEP_SUCCESS" in "".join(
        getattr(build.run("make", "run", "SELECT=*"), stream) for stream in ("stdout", "stderr")
    )
    build.make("validate")
    build.make("graph")
    assert "totals" in (build.folder / "docs" / "assets.svg").read_text(encoding="utf-8")
    build.make("test")
    build.make("lint")
