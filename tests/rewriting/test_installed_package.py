"""Containers come to install the package, and what set PYTHONPATH for it goes."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.rewriting.installed_package import Installed, installed_package
from relayout.tree import Tree

MOVES = {"etl/extract.py": "src/sales/etl/extract.py", "etl/load.py": "src/sales/etl/load.py"}
DAG = "from airflow import DAG\nfrom etl.extract import rows\n"
CODE = {
    "etl/extract.py": "def rows():\n    return []\n",
    "etl/load.py": "from etl.extract import rows\n\nprint(rows())\n",
    "dags/daily.py": DAG,
}
SERVICE = (
    "services:\n  airflow:\n    image: {image}\n    environment:\n      A: b\n"
    "      PYTHONPATH: /opt/airflow\n    volumes:\n      - ./dags:/opt/airflow/dags\n"
    "      - ./etl:/opt/airflow/etl\n"
)


def installed(**files: str) -> tuple[Installed, dict[str, str]]:
    """Return what is installed, and the files that were rewritten; ``__`` stands for a dot."""
    texts = {name.replace("__", "."): text for name, text in files.items()}
    tree = Tree.of({**CODE, **texts})
    inventory, destination = take_inventory(tree), Destination(tree, MOVES, (Home("sales"),))
    found = installed_package(inventory, destination)
    made = follow_references(inventory, destination, installed=found)
    return found, {path: text.decode() for path, text in made.contents.items()}


def test_a_service_on_the_image_of_airflow_is_built_from_it() -> None:
    found, made = installed(compose__yml=SERVICE.format(image="apache/airflow:2.9.2"))
    compose = made["compose.yml"]
    assert "PYTHONPATH" not in compose
    assert (
        "    image: sales-airflow\n    build:\n      context: .\n"
        "      dockerfile: infrastructure/docker/airflow/Dockerfile\n"
        "      args:\n        BASE_IMAGE: apache/airflow:2.9.2\n"
    ) in compose
    assert "./src/sales/etl:/opt/airflow/etl" in compose
    assert "./src/sales:/opt/sales/src/sales" in compose
    assert list(found.images) == ["infrastructure/docker/airflow/Dockerfile"]
    [text] = found.images.values()
    assert text.decode().splitlines()[2:] == [
        "ARG BASE_IMAGE=apache/airflow:2.9.2",
        "FROM ${BASE_IMAGE}",
        "",
        "# Code finds the package because it is installed.",
        "COPY pyproject.toml README* LICENSE* /opt/sales/",
        "COPY src /opt/sales/src",
        "RUN pip install --no-cache-dir --no-deps --editable /opt/sales",
    ]


def test_services_of_one_image_share_a_dockerfile() -> None:
    one = SERVICE.format(image="apache/airflow:2.9.2")
    other = one.partition("\n")[2].replace("  airflow:", "  scheduler:")
    found, made = installed(compose__yml=one + other)
    assert len(found.images) == 1
    assert made["compose.yml"].count("image: sales-airflow\n") == 2
    assert "PYTHONPATH" not in made["compose.yml"]


def test_an_image_of_which_nothing_is_known_keeps_the_variable() -> None:
    found, made = installed(compose__yml=SERVICE.format(image="example.org/lab:7"))
    assert not found.images
    assert "PYTHONPATH: /opt/airflow\n" in made["compose.yml"]
    [finding] = found.kept
    assert finding.line == 6
    assert finding.help.startswith("Build it FROM example.org/lab:7, with: COPY pyproject.toml")


def test_an_airflow_with_an_old_python_keeps_the_variable() -> None:
    found, made = installed(compose__yml=SERVICE.format(image="apache/airflow:2.5.0"))
    assert not found.images
    assert "image: apache/airflow:2.5.0\n" in made["compose.yml"]
    assert len(found.kept) == 1


def test_a_search_path_that_others_need_stays() -> None:
    compose = SERVICE.format(image="apache/airflow:2.9.2").replace(
        "PYTHONPATH: /opt/airflow\n", "PYTHONPATH: /opt/airflow:/opt/feeds\n"
    )
    compose += "      - ./feeds:/opt/feeds\n"
    _, made = installed(compose__yml=compose, **{"feeds/read__py": "print(1)\n"})
    assert "PYTHONPATH: /opt/airflow:/opt/feeds\n" in made["compose.yml"]


def test_an_image_that_installs_the_package_loses_the_variable_alone() -> None:
    text = "FROM python:3.12\nCOPY . /app\nENV PYTHONPATH=/app\nRUN pip install /app\n"
    found, made = installed(Dockerfile=text)
    assert made["Dockerfile"] == text.replace("ENV PYTHONPATH=/app\n", "")
    assert found.handled == {("Dockerfile", 3)}


def test_an_image_that_has_nothing_of_the_package_stays() -> None:
    text = "FROM python:3.12\nCOPY dbt /dbt\nENV PYTHONPATH=/dbt\n"
    found, made = installed(Dockerfile=text, **{"dbt/x__py": "print(1)\n"})
    assert not found.edits
    assert "Dockerfile" not in made


def test_the_folder_of_sources_needs_no_variable_either() -> None:
    text = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nENV PYTHONPATH=/app/src\n"
    more = {"src/sales/old__py": "X = 1\n", "run__py": "import sales.old\n"}
    _, made = installed(Dockerfile=text + "CMD python etl/load.py\n", **more)
    assert "PYTHONPATH" not in made["Dockerfile"]
    assert "--editable /app\n" in made["Dockerfile"]


def test_nothing_is_done_where_nothing_moves() -> None:
    tree = Tree.of({"Dockerfile": "FROM python\nCOPY . /app\nENV PYTHONPATH=/app\n"})
    destination = Destination(tree, {}, (Home("sales"),))
    assert installed_package(take_inventory(tree), destination) == Installed()


def test_the_package_is_mounted_once_and_can_be_written_if_any_of_it_can() -> None:
    compose = SERVICE.format(image="apache/airflow:2.9.2").replace(
        "      - ./etl:/opt/airflow/etl\n",
        "      - ./lib:/srv/lib:ro\n      - ./etl:/opt/airflow/etl\n",
    )
    compose = compose.replace("/opt/airflow\n    v", "/opt/airflow:/srv\n    v")
    files = {"compose.yml": compose, "lib/more.py": "X = 1\n"}
    code = {**CODE, "dags/daily.py": DAG + "from lib.more import X\n"}
    tree = Tree.of({**code, **files})
    moves = {**MOVES, "lib/more.py": "src/sales/lib/more.py"}
    inventory, destination = take_inventory(tree), Destination(tree, moves, (Home("sales"),))
    found = installed_package(inventory, destination)
    made = follow_references(inventory, destination, installed=found)
    text = made.contents["compose.yml"].decode()
    assert text.count("./src/sales:/opt/sales/src/sales\n") == 1
    assert "/opt/sales/src/sales:ro" not in text


def test_a_folder_that_gains_a_file_is_mounted_as_before() -> None:
    compose = SERVICE.format(image="apache/airflow:2.9.2") + "      - ./data:/opt/airflow/data\n"
    files = {"compose.yml": compose, "data/a.csv": "", "sample.csv": "", "more.csv": ""}
    tree = Tree.of({**CODE, **files})
    moves = {**MOVES, "sample.csv": "data/sample.csv", "more.csv": "data/more.csv"}
    inventory, destination = take_inventory(tree), Destination(tree, moves, (Home("sales"),))
    found = installed_package(inventory, destination)
    made = follow_references(inventory, destination, installed=found)
    assert "      - ./data:/opt/airflow/data\n" in made.contents["compose.yml"].decode()
