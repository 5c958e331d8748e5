"""Images that start the package and do not install it are reported, each once."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.planning.plan import Plan
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.rewriting.package_in_images import about_images
from relayout.tree import Tree

MOVES = {"main.py": "src/pkg/main.py", "utils/load.py": "src/pkg/utils/load.py"}
ALL = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"
START = 'CMD ["python", "main.py"]\n'


def findings(**texts: str) -> list[tuple[str, int, str, str]]:
    """Return the findings about files by name, in which ``__`` stands for a dot."""
    files = {name.replace("__", "."): text for name, text in texts.items()}
    others = {"requirements.txt": "requests\n", "dags/daily.py": "import utils.load\n"}
    tree = Tree.of({**dict.fromkeys(MOVES, ""), **others, **files})
    inventory, destination = take_inventory(tree), Destination(tree, MOVES, (Home("pkg"),))
    edits = tuple(follow_references(inventory, destination).edits)
    found = about_images(inventory, destination, Plan("src-layout", (Home("pkg"),), edits=edits))
    assert {one.code for one in found} <= {"package-not-installed"}
    return [(one.path, one.line, one.message, one.help) for one in found]


def test_a_project_that_is_copied_and_not_installed() -> None:
    assert findings(Dockerfile=ALL + START) == [
        (
            "Dockerfile", 3,
            "the image starts python -m pkg.main, and has the project, but does not install it",
            "Add after this line: RUN pip install --no-deps -e .",
        )
    ]  # fmt: skip


def test_the_line_to_add_names_where_the_project_is() -> None:
    text = "FROM python\nCOPY . \\\n  /srv\nRUN uv sync --no-install-project\n"
    text += "CMD python /srv/main.py\n"
    [(_, line, _, advice)] = findings(Dockerfile=text)
    assert (line, advice) == (3, "Add after this line: RUN uv sync")
    text = "FROM python\nCOPY . /srv\nCMD python /srv/main.py\n"
    [(_, line, _, advice)] = findings(Dockerfile=text)
    assert (line, advice) == (2, "Add after this line: RUN pip install --no-deps -e /srv")


def test_an_image_with_parts_of_the_project() -> None:
    text = f"FROM python\nWORKDIR /app\nCOPY main.py requirements.txt ./\n{START}"
    [(_, line, message, advice)] = findings(Dockerfile=text)
    assert line == 5  # behind the two instructions that the first has become
    assert message == "the image starts python -m pkg.main, and has only parts of the project"
    assert advice.startswith("Add before it: COPY pyproject.toml README.md ./; COPY src ./src; ")


@pytest.mark.parametrize(
    "text",
    [
        f"{ALL}RUN pip install --no-cache-dir -e .\n{START}",
        f"{ALL}RUN set -e && pip install '.[dev]'\n{START}",
        f'{ALL}RUN ["pip", "install", "/app"]\n{START}',
        f"{ALL}RUN <<EOF\npip install .\nEOF\n{START}",
        f"{ALL}RUN uv sync --frozen --no-dev\n{START}",
        f"{ALL}ENV PYTHONPATH=/app/src\n{START}",
        f"FROM python AS b\n{ALL}RUN pip install .\nFROM python\nCOPY --from=b /app /app\n{START}",
        f"{ALL}CMD python manage.py\n",
        f"{ALL}CMD sleep 1\n",
        f"FROM python\n{START}",
    ],
)
def test_images_that_install_it_or_start_nothing_of_it(text: str) -> None:
    assert not findings(Dockerfile=text)


def test_what_a_service_starts_is_said_of_its_image_once() -> None:
    compose = (
        "services:\n  a: {build: ., command: python main.py}\n"
        "  b: {build: ., command: python -m utils.load}\n"
    )
    [(path, line, message, _)] = findings(Dockerfile=ALL, compose__yml=compose)
    assert (path, line) == ("Dockerfile", 3)
    assert message.startswith("the image starts python -m pkg.main (service a in compose.yml), ")


def test_an_image_that_is_made_elsewhere() -> None:
    service = "    image: python:3.12\n    volumes: ['.:/app']\n    working_dir: /app\n"
    compose = f"services:\n  a:\n{service}    command: python main.py\n"
    assert findings(compose__yml=compose) == [
        (
            "compose.yml", 6,
            "service a starts python -m pkg.main, and the package is not in image python:3.12",
            "Build an image that installs the package, or set PYTHONPATH to /app/src for this"
            " service.",
        )
    ]  # fmt: skip
    assert not findings(compose__yml=compose + "    environment: {PYTHONPATH: /app/src}\n")


def test_what_airflow_loads_needs_the_package_too() -> None:
    compose = (
        "x-all: &all\n  image: apache/airflow:2.10\n  volumes: ['./dags:/opt/airflow/dags']\n"
        "services:\n  web:\n    <<: *all\n  scheduler:\n    <<: *all\n"
    )
    [(_, _, message, _)] = findings(compose__yml=compose)
    assert message == (
        "service web loads dags/daily.py, which imports pkg, and the package is not in image"
        " apache/airflow:2.10"
    )
