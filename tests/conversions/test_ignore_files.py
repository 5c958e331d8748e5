"""Patterns of ignore files follow the folders that they name."""

from __future__ import annotations

import pytest

from relayout.conversions.ignore_files import follow_moves
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

MOVES = {
    "etl/load.py": "src/shop/etl/load.py",
    "etl/sub/deep.py": "src/shop/etl/sub/deep.py",
    "etl/queries.sql": "configs/queries.sql",
    "jobs/a.py": "src/shop/jobs/a.py",
    "jobs/b.py": "src/shop/jobs/b.py",
    "jobs/c.py": "__legacy/jobs/c.py",
    "sql/a.sql": "db/a.sql",
    "apart/a.sql": "x/a.sql",
    "apart/b.sql": "y/b.sql",
    "my-feeds/x.py": "src/shop/my_feeds/x.py",
}
_BEFORE = Tree.of(dict.fromkeys([*MOVES, "stays/x.py"], ""))
DESTINATION = Destination(_BEFORE, MOVES, (Home("shop"),))


@pytest.mark.parametrize(
    ("pattern", "followed"),
    [
        ("etl/db_config.json", "src/shop/etl/db_config.json"),
        ("/etl/*.cache.yaml", "/src/shop/etl/*.cache.yaml"),
        ("!etl/keep.json", "!src/shop/etl/keep.json"),
        ("!/etl/keep.json", "!/src/shop/etl/keep.json"),
        ("etl/output/", "src/shop/etl/output/"),
        ("etl/sub/", "src/shop/etl/sub/"),
        ("/etl/", "/src/shop/etl/"),
        ("etl/**/cache", "src/shop/etl/**/cache"),
        ("etl/sub/x/y.txt", "src/shop/etl/sub/x/y.txt"),
        ("jobs/state.json", "src/shop/jobs/state.json"),
        ("sql/*.bak", "db/*.bak"),
        ("my-feeds/key.pem", "src/shop/my_feeds/key.pem"),
    ],
)
def test_a_pattern_for_a_moved_folder_is_repeated(pattern: str, followed: str) -> None:
    assert follow_moves([pattern], DESTINATION, plain_names_hold_anywhere=True) == [followed]


@pytest.mark.parametrize(
    ("pattern", "followed"),
    [
        ("/etl/*.secret.yaml", ["/src/shop/etl/*.secret.yaml", "/configs/*.secret.yaml"]),
        ("etl/.env", ["src/shop/etl/.env", "configs/.env"]),
        ("etl/.env.*", ["src/shop/etl/.env.*", "configs/.env.*"]),
        ("jobs/profiles.yml", ["src/shop/jobs/profiles.yml", "__legacy/jobs/profiles.yml"]),
        ("apart/key.pem", ["x/key.pem", "y/key.pem"]),
        ("!etl/.env", ["!src/shop/etl/.env"]),
        ("etl/venv", ["src/shop/etl/venv"]),
    ],
)
def test_a_secret_is_ignored_wherever_part_of_its_folder_went(
    pattern: str, followed: list[str]
) -> None:
    assert follow_moves([pattern], DESTINATION, plain_names_hold_anywhere=True) == followed


@pytest.mark.parametrize(
    "pattern",
    [
        "*.log",
        "etl",
        "etl/",
        "!etl",
        "**/etl/x",
        "*/x.json",
        "stays/x.json",
        "nowhere/x.json",
        "apart/x.json",
        "# etl/x",
        "/",
        "!",
        "",
    ],
)
def test_a_pattern_that_holds_as_before_is_not(pattern: str) -> None:
    assert follow_moves([pattern], DESTINATION, plain_names_hold_anywhere=True) == []


def test_docker_anchors_every_pattern_at_the_root() -> None:
    assert follow_moves(["etl", "*"], DESTINATION, plain_names_hold_anywhere=False) == [
        "src/shop/etl"
    ]


def test_order_stays_and_nothing_is_said_twice() -> None:
    patterns = ["etl/*", "!etl/a", "etl/*", "x"]
    assert follow_moves(patterns, DESTINATION, plain_names_hold_anywhere=True) == [
        "src/shop/etl/*",
        "!src/shop/etl/a",
    ]
