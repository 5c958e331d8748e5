"""Commands that run in a service of a compose file, from Makefiles and scripts."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.followed_references import follow_references
from relayout.tree import Tree

COMPOSE = """\
services:
  app:
    image: python:3.12
    working_dir: /srv
    volumes: [".:/srv"]
  tools:
    image: python:3.12
    working_dir: /tools
    volumes: ["./utils:/tools"]
  db:
    image: postgres
"""
MOVES = {"utils/load.py": "src/pkg/utils/load.py", "utils/db.py": "src/pkg/utils/db.py"}


def followed(line: str, path: str = "run.sh") -> str:
    """Return a line of a script after the moves."""
    text = f"x:\n\t{line}\n" if path == "Makefile" else f"{line}\n"
    files = {**dict.fromkeys(MOVES, ""), "sql/x.sql": "", "compose.yml": COMPOSE, path: text}
    tree = Tree.of({**files, "deploy/compose.yml": COMPOSE.replace(".:/srv", "..:/srv")})
    made = follow_references(take_inventory(tree), Destination(tree, MOVES, (Home("pkg"),)))
    after = made.contents.get(path, text.encode()).decode()
    return after.removeprefix("x:\n\t").removesuffix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("docker compose exec app python utils/load.py",
         "docker compose exec app python -m pkg.utils.load"),
        ("docker-compose run --rm app python -m utils.load --all",
         "docker-compose run --rm app python -m pkg.utils.load --all"),
        ("docker compose exec -T -e A=1 app python /srv/utils/load.py",
         "docker compose exec -T -e A=1 app python -m pkg.utils.load"),
        ("docker compose exec -w /srv/utils app python load.py",
         "docker compose exec -w /srv/utils app python -m pkg.utils.load"),
        ("docker compose exec app sh -c 'cd utils && python load.py'",
         "docker compose exec app sh -c 'cd src/pkg/utils && python -m pkg.utils.load'"),
        ("docker compose exec app cat utils/db.py",
         "docker compose exec app cat src/pkg/utils/db.py"),
        ("docker compose -f deploy/compose.yml exec app python utils/load.py",
         "docker compose -f deploy/compose.yml exec app python -m pkg.utils.load"),
    ],
)  # fmt: skip
def test_a_command_in_a_service_follows(before: str, after: str) -> None:
    assert followed(before) == after
    assert followed(before, "Makefile") == after


@pytest.mark.parametrize(
    "line",
    [
        "docker compose exec db python utils/load.py",
        "docker compose exec other python utils/load.py",
        "docker compose run --entrypoint python app utils/load.py",
        "docker compose run -v ./x:/srv app python utils/load.py",
        "docker compose exec app cat sql/x.sql",
        "docker compose --profile x exec tools python load.py",
        "docker compose up utils",
        "docker compose exec",
        "docker compose -f missing.yml exec app python utils/load.py",
    ],
)
def test_what_cannot_be_told_is_left(line: str) -> None:
    assert followed(line) == line


def test_a_variable_may_hold_the_beginning() -> None:
    text = "DC = docker compose -f deploy/compose.yml\nx:\n\t$(DC) exec app python {}\n"
    files = {**dict.fromkeys(MOVES, ""), "deploy/compose.yml": COMPOSE.replace(".:/", "..:/")}
    tree = Tree.of({**files, "Makefile": text.format("utils/load.py")})
    made = follow_references(take_inventory(tree), Destination(tree, MOVES, (Home("pkg"),)))
    assert made.contents["Makefile"].decode() == text.format("-m pkg.utils.load")
