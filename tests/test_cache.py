"""The cache gives what was worked out before, to the same engine only, and never harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrations import migrate_files
from relayout.cache import Cache, engine_fingerprint, plan_key
from relayout.inventory import facts_by_blob, take_inventory
from relayout.suite import find_suite
from relayout.tree import Tree

FILES = {
    "Makefile": "run:\n\tpython scripts/run.py\n",
    "scripts/run.py": "import sys\nsys.path.insert(0, '.')\nfrom utils.db import who\nwho()\n",
    "utils/db.py": "from .text import plain as p\nNAME = 'a.b'\n\n\ndef who():\n    return p\n",
    "utils/text.py": "import importlib\n\n\ndef plain():\n    importlib.import_module('a.b')\n",
    "data/x.csv": "1\n",
    "\udcff.txt": "a name that is not UTF-8",
}


def test_facts_come_back_as_they_were(tmp_path: Path) -> None:
    tree = Tree.of({name: text for name, text in FILES.items() if name.isascii()})
    facts = facts_by_blob(take_inventory(tree))
    Cache(tmp_path, "engine").save_facts(facts)
    assert Cache(tmp_path, "engine").facts() == facts
    assert len(facts) == 2, "the facts about a file with a path hack depend on its place"


def test_known_facts_save_reading(tmp_path: Path) -> None:
    tree = Tree.of(FILES)
    first = take_inventory(tree)
    read: list[str] = []

    def counting(title, work, paths):  # type: ignore[no-untyped-def]
        if title == "Reading":
            read.extend(paths)
        return map(work, paths)

    Cache(tmp_path, "engine").save_facts(facts_by_blob(first))
    again = take_inventory(tree, counting, Cache(tmp_path, "engine").facts())
    assert again.python == first.python
    assert read == ["scripts/run.py"]


def test_a_plan_comes_back_for_the_same_question(tmp_path: Path) -> None:
    plan = migrate_files(FILES).plan
    key = plan_key(Tree.of(FILES), "src-layout")
    Cache(tmp_path, "engine").save_plan(key, plan)
    assert Cache(tmp_path, "engine").plan(key) == plan
    assert Cache(tmp_path, "engine").plan(plan_key(Tree.of(FILES), "dagster")) is None


@pytest.mark.parametrize(
    "other",
    [
        {**FILES, "scripts/run.py": "pass\n"},
        {**FILES, "new.py": ""},
        {name: text for name, text in FILES.items() if name != "data/x.csv"},
    ],
    ids=["a file changed", "a file came", "a file went"],
)
def test_another_tree_is_another_question(other: dict[str, str]) -> None:
    assert plan_key(Tree.of(other), "src-layout") != plan_key(Tree.of(FILES), "src-layout")


def test_what_another_engine_wrote_does_not_count(tmp_path: Path) -> None:
    Cache(tmp_path, "older").save_facts(facts_by_blob(take_inventory(Tree.of(FILES))))
    assert Cache(tmp_path, "newer").facts() == {}
    Cache(tmp_path, "newer").save_facts({})
    assert Cache(tmp_path, "older").facts() == {}, "an older engine's file is cleared away"


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 4000])
def test_a_damaged_file_is_passed_over(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path, "engine")
    cache.save_facts(facts_by_blob(take_inventory(Tree.of(FILES))))
    [file] = (tmp_path / "relayout" / "cache").iterdir()
    file.write_bytes(file.read_bytes()[:-1] + damage)
    assert cache.facts() == {}


def test_where_nothing_can_be_written_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "relayout").write_text("a file in the way")
    cache = Cache(tmp_path, "engine")
    cache.save_facts(facts_by_blob(take_inventory(Tree.of(FILES))))
    assert cache.facts() == {}


def test_the_fingerprint_follows_the_engine_and_its_suite(tmp_path: Path) -> None:
    (tmp_path / "migrations").mkdir()
    rule = tmp_path / "migrations" / "rule.yml"
    rule.write_text("one")
    first = engine_fingerprint(tmp_path)
    assert first == engine_fingerprint(tmp_path)
    then = rule.stat()
    rule.write_text("two")
    os.utime(rule, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert engine_fingerprint(tmp_path) != first, "of the same size, and as old"
    assert engine_fingerprint(find_suite()) == engine_fingerprint(find_suite())
