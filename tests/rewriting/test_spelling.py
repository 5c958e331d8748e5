"""What a reference becomes keeps the way in which it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from relayout.inventory.references.reference import Base, Form, Reference
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.spelling import Followed, Lost, Spelling
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/1st.py": "src/pkg/utils/1st.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "docs/guide.md": "handbook/guide.md",
    "mixed/a.py": "src/pkg/a.py",
    "mixed/b.sql": "db/b.sql",
}
FILES = (*MOVES, "mixed/c.txt", "README.md", "docs/other.md", "data/x.csv")


def spelled(
    text: str, path: str, file: str = "Makefile", moves: Mapping[str, str] = MOVES, **how: Any
) -> Followed | Lost:
    destination = Destination(Tree.of(dict.fromkeys((*FILES, file), "")), moves, (Home("pkg"),))
    reference = Reference(0, len(text), text, path, "kind", **how)
    return Spelling(destination).of(reference, file)


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("sql/x.sql", "sql/x.sql", "src/pkg/sql/x.sql"),
        ("./sql/x.sql", "sql/x.sql", "./src/pkg/sql/x.sql"),
        ("/sql/x.sql", "sql/x.sql", "/src/pkg/sql/x.sql"),
        ("sql", "sql", "src/pkg/sql"),
        ("sql/", "sql", "src/pkg/sql/"),
        ("./sql/", "sql", "./src/pkg/sql/"),
        ("sql/.", "sql", "src/pkg/sql/."),
        (".\\sql\\x.sql", "sql/x.sql", ".\\src\\pkg\\sql\\x.sql"),
        ("docs/../sql//x.sql", "sql/x.sql", "src/pkg/sql/x.sql"),
        ("README.md", "README.md", "README.md"),
        ("./docs/../README.md", "README.md", "./docs/../README.md"),
        ("data/y.csv", "data/y.csv", "data/y.csv"),
    ],
)
def test_a_path_is_written_as_it_was(text: str, path: str, after: str) -> None:
    assert spelled(text, path) == Followed(after)


def test_a_file_that_moves_names_what_stayed_from_where_it_is_now() -> None:
    base = Base("docs", of_file=True)
    moved = "docs/guide.md"
    assert spelled("other.md", "docs/other.md", moved, base=base) == Followed("../docs/other.md")
    assert spelled("../README.md", "README.md", moved, base=base) == Followed("../README.md")
    assert spelled("../data/new", "data/new", moved, base=base) == Followed("../data/new")
    assert spelled("img/x.png", "docs/img/x.png", moved, base=base) == Followed("../docs/img/x.png")


def test_a_prefix_stays_and_only_what_is_behind_it_is_written_anew() -> None:
    how = {"prefix": "$ROOT/"}
    assert spelled("$ROOT/sql/x.sql", "sql/x.sql", **how) == Followed("$ROOT/src/pkg/sql/x.sql")


def test_a_path_below_a_folder_that_moved_as_well_is_right() -> None:
    assert spelled("x.sql", "sql/x.sql", base=Base("sql")) == Followed("x.sql")
    assert spelled("..", "", base=Base("sql")) == Followed("../../..")


def test_a_script_is_run_by_its_name_where_it_has_one() -> None:
    how: dict[str, Any] = {"form": Form.SCRIPT, "between": " "}
    assert spelled("utils/load.py", "utils/load.py", **how) == Followed("-m pkg.utils.load")
    assert spelled("utils/1st.py", "utils/1st.py", **how) == Followed("src/pkg/utils/1st.py")
    how["between"] = '", "'
    assert spelled("utils/load.py", "utils/load.py", **how) == Followed('-m", "pkg.utils.load')


def test_a_script_of_the_package_that_stays_is_not_touched() -> None:
    how: dict[str, Any] = {"form": Form.SCRIPT, "between": " ", "moves": {}}
    assert spelled("utils/load.py", "utils/load.py", **how) == Followed("utils/load.py")


def test_a_folder_that_came_apart() -> None:
    several = Followed("db mixed src/pkg/a.py")
    assert spelled("mixed", "mixed", between=" ") == several
    lost = Lost("whose files have different places now")
    assert spelled("mixed", "mixed") == lost
    assert spelled("x", "mixed/x", base=Base("mixed")) == Followed("x")


def test_the_places_of_a_folder_hold_nothing_else() -> None:
    moves = {"mixed/a.py": "docs/a.py", "mixed/b.sql": "docs/b.sql", "mixed/c.txt": "new/c.txt"}
    after = Followed("docs/a.py docs/b.sql new")
    assert spelled("mixed", "mixed", moves=moves, between=" ") == after


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("sql/*.sql", "sql", "src/pkg/sql/*.sql"),
        ("./sql/**", "sql", "./src/pkg/sql/**"),
        ("/sql/x?.sql", "sql", "/src/pkg/sql/x?.sql"),
        ("docs/**", "docs", Lost("whose files have different places now")),
        ("**/*.sql", "", "**/*.sql"),
        ("data/*.csv", "data", "data/*.csv"),
    ],
)
def test_a_pattern_follows_its_folder(text: str, path: str, after: str | Lost) -> None:
    expected = Followed(after) if isinstance(after, str) else after
    assert spelled(text, path, form=Form.PATTERN) == expected


def test_a_module_is_named_from_where_it_is_found() -> None:
    how: dict[str, Any] = {"form": Form.MODULE}
    assert spelled("utils.load", "utils/load.py", **how) == Followed("pkg.utils.load")
    stays = spelled("load", "utils/load.py", base=Base("utils"), moves={}, **how)
    assert stays == Followed("load")
    lost = Lost("which is now src/pkg/utils/1st.py and cannot be imported")
    assert spelled("utils.1st", "utils/1st.py", **how) == lost


def test_what_is_out_of_reach_is_lost() -> None:
    how: dict[str, Any] = {"base": Base("docs"), "climbs": False}
    moves = {"docs/guide.md": "guide.md"}
    assert spelled("guide.md", "docs/guide.md", moves=moves, **how) == Lost(
        "which is now guide.md, out of reach from here"
    )


def test_a_pattern_becomes_several_where_it_may() -> None:
    several = Followed("src/pkg/a.py,db/*,mixed/*")
    how: dict[str, Any] = {"form": Form.PATTERN, "between": ","}
    found = spelled("mixed/*", "mixed", **how)
    assert isinstance(found, Followed)
    assert sorted(found.text.split(",")) == sorted(several.text.split(","))
    assert spelled("mixed/*.txt", "mixed", **how) == Followed("mixed/*.txt")
    assert spelled("mixed/*.sql", "mixed", form=Form.PATTERN) == Followed("db/*.sql")
    assert spelled("**/*.sql", "", **how) == Followed("**/*.sql")


def test_only_files_with_an_ending_count_where_it_is_said() -> None:
    assert spelled("mixed", "mixed", only=".py") == Followed("src/pkg/a.py")
    assert spelled("mixed/", "mixed", only=".sql") == Followed("db/")
    assert spelled("mixed", "mixed", only=".txt") == Followed("mixed")
    moves = {"mixed/a.py": "__legacy/mixed/a.py", "utils/1st.py": "src/pkg/utils/1st.py"}
    assert spelled("mixed", "mixed", moves=moves, only=".py") == Followed("__legacy/mixed")
    moves = {"utils/load.py": "__legacy/utils/load.py", "utils/1st.py": "src/pkg/first.py"}
    moves["mixed/a.py"] = "src/pkg/sub/a.py"
    assert spelled("utils", "utils", moves=moves, only=".py") == Followed("src/pkg/first.py")
    everything = Followed("__legacy/utils src/pkg/first.py")
    assert spelled("utils", "utils", moves=moves, between=" ") == everything


def test_a_file_among_the_places_of_a_folder_has_no_slash_behind_it() -> None:
    moves = {"mixed/a.py": "src/pkg/a.py", "utils/load.py": "src/pkg/utils/load.py"}
    after = Followed("mixed/ src/pkg/a.py")
    assert spelled("mixed/", "mixed", moves=moves, between=" ") == after


def test_a_name_that_holds_anywhere_stays_while_it_holds() -> None:
    assert spelled("utils/", "utils", anywhere=True) == Followed("utils/")
    assert spelled("guide.md", "docs/guide.md", anywhere=True) == Followed("guide.md")
    assert spelled("docs", "docs", anywhere=True, between=" ") == Followed("docs handbook")


def test_what_is_in_doubt_is_lost_only_where_it_would_change() -> None:
    assert spelled("sql", "sql", doubt="why") == Lost("why")
    assert spelled("data", "data", doubt="why") == Followed("data")


def test_a_regular_expression_stays_one() -> None:
    how: dict[str, Any] = {"regular": "\\"}
    assert spelled(r"sql/x\.sql", "sql/x.sql", **how) == Followed(r"src/pkg/sql/x\.sql")


def test_what_is_in_quarantine_does_not_make_a_folder_come_apart() -> None:
    moves = {"mixed/a.py": "src/pkg/mixed/a.py", "mixed/b.sql": "src/pkg/mixed/b.sql"}
    dead = {**moves, "mixed/c.txt": "__legacy/mixed/c.txt"}
    assert spelled("mixed", "mixed", moves=dead) == Followed("src/pkg/mixed")
    assert spelled("a.py", "mixed/a.py", moves=dead, base=Base("mixed")) == Followed("a.py")
    apart = {**moves, "mixed/c.txt": "config/c.txt"}
    assert spelled("mixed", "mixed", moves=apart) == Lost("whose files have different places now")


def test_a_place_with_other_files_is_not_taken_for_a_folder() -> None:
    moves = {"mixed/a.py": "docs/a.py", "mixed/b.sql": "docs/b.sql", "mixed/c.txt": "__legacy/c"}
    assert spelled("mixed", "mixed", moves=moves) == Lost("whose files have different places now")
