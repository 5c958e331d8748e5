"""`clean-temp` deletes what is too old in data/temp, and never anything else."""

import os
import random
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DAY = 86_400.0
NOW = 2_000_000_000.0
RULES = {"staging": 7.0, "cache": 30.0, "backups": 90.0}


@pytest.fixture
def tool(load: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the program; a file's time of writing alone counts, which a test can set."""
    module = load("tools/scripts/clean-temp")
    monkeypatch.setattr(module, "last_touched", lambda status: status.st_mtime)
    return module


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with the folders of data/temp, and something precious beside them."""
    root = tmp_path / "repository"
    for name in RULES:
        write(root / "data" / "temp" / name / ".gitkeep", 1000)
    write(root / "data" / "services" / "postgres" / "base", 1000)
    write(root / "data" / "temp" / "notes.txt", 1000)
    write(root / "data" / "temp" / "unknown" / "old", 1000)
    write(tmp_path / "elsewhere" / "precious" / "file", 1000)
    return root


def write(path: Path, days: float) -> None:
    """Write a file, and date it and new folders above it back by some days."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("content", encoding="utf-8")
    date(path, days)


def date(path: Path, days: float) -> None:
    os.utime(path, (NOW - days * DAY,) * 2, follow_symlinks=False)


def listing(folder: Path) -> dict[str, str]:
    """Return everything below a folder, without following links."""
    found = {}
    for above, folders, files in os.walk(folder):
        for name in folders + files:
            path = Path(above, name)
            kind = "link" if path.is_symlink() else "folder" if path.is_dir() else "file"
            found[path.relative_to(folder).as_posix()] = kind
    return found


def test_only_what_is_older_than_its_rule_goes(tool: Any, root: Path) -> None:
    temp = root / "data" / "temp"
    write(temp / "staging" / "old.csv", 8)
    write(temp / "staging" / "young.csv", 6)
    write(temp / "cache" / "same-age", 8)
    before = listing(root.parent)
    found = tool.clean(root, RULES, NOW, delete=True)
    assert [old.path for old in found] == ["data/temp/staging/old.csv"]
    assert before.keys() - listing(root.parent).keys() == {"repository/data/temp/staging/old.csv"}


def test_without_delete_everything_stays(tool: Any, root: Path) -> None:
    write(root / "data" / "temp" / "staging" / "old.csv", 8)
    before = listing(root.parent)
    assert len(tool.clean(root, RULES, NOW, delete=False)) == 1
    assert listing(root.parent) == before


def test_a_copy_of_an_old_file_is_not_old(load: Callable[[str], Any], root: Path) -> None:
    """`cp --preserve` and unpacking keep the time of writing; the copy was made today all the same."""
    write(root / "data" / "temp" / "staging" / "copied.csv", 0)
    os.utime(root / "data" / "temp" / "staging" / "copied.csv", (0, 0))
    module = load("tools/scripts/clean-temp")
    now = (root / "data" / "temp" / "staging" / "copied.csv").stat().st_ctime + 6 * DAY
    assert module.clean(root, RULES, now, delete=True) == []
    assert len(module.clean(root, RULES, now + 2 * DAY, delete=True)) == 1


def test_a_folder_goes_when_it_is_old_and_nothing_is_left_in_it(tool: Any, root: Path) -> None:
    staging = root / "data" / "temp" / "staging"
    write(staging / "all-old" / "deep" / "old", 9)
    write(staging / "one-young" / "old", 9)
    write(staging / "one-young" / "young", 1)
    (staging / "new-and-empty").mkdir()
    for name in ("all-old/deep", "all-old", "one-young"):
        date(staging / name, 9)
    date(staging / "new-and-empty", 1)
    tool.clean(root, RULES, NOW, delete=True)
    assert sorted(listing(staging)) == [
        ".gitkeep",
        "new-and-empty",
        "one-young",
        "one-young/young",
    ]


def test_a_link_goes_and_what_it_points_to_stays(tool: Any, root: Path) -> None:
    staging = root / "data" / "temp" / "staging"
    for name, target in {"folder": "elsewhere", "file": "elsewhere/precious/file"}.items():
        (staging / name).symlink_to(root.parent / target)
        date(staging / name, 9)
    before = listing(root.parent / "elsewhere")
    assert len(tool.clean(root, RULES, NOW, delete=True)) == 2
    assert listing(staging) == {".gitkeep": "file"}
    assert listing(root.parent / "elsewhere") == before


@pytest.mark.parametrize("name", ["data", "data/temp", "data/temp/backups"])
def test_a_link_in_place_of_a_folder_is_refused(tool: Any, root: Path, name: str) -> None:
    write(root / "data" / "temp" / "cache" / "old", 1000)
    (root / name).rename(root.parent / "moved")
    (root / name).symlink_to(root.parent / "moved")
    before = listing(root.parent)
    with pytest.raises(tool.RetentionError, match="is a link"):
        tool.clean(root, RULES, NOW, delete=True)
    assert listing(root.parent) == before


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(
    tool: Any, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging = root / "data" / "temp" / "staging"
    write(staging / "inner" / "old", 9)
    seen = tool.last_touched

    def exchange(status: os.stat_result) -> float:
        if stat.S_ISDIR(status.st_mode) and not (staging / "inner").is_symlink():
            (staging / "inner").rename(root.parent / "kept")
            (staging / "inner").symlink_to(root.parent / "elsewhere")
        return float(seen(status))

    monkeypatch.setattr(tool, "last_touched", exchange)
    before = listing(root.parent / "elsewhere")
    tool.clean(root, RULES, NOW, delete=True)
    assert listing(root.parent / "elsewhere") == before
    assert (root.parent / "kept" / "old").exists()


@pytest.mark.parametrize(
    "rules",
    ["../services: 1", "'': 1", ".: 1", "..: 1", "a/b: 1", "staging: 0", "staging: -1", "staging: true",
     "staging: .nan", "staging: soon", "[staging]", "staging: [", ""],
)  # fmt: skip
def test_wrong_rules_are_refused(tool: Any, tmp_path: Path, rules: str) -> None:
    write(tmp_path / tool.RULES, 0)
    (tmp_path / tool.RULES).write_text(rules, encoding="utf-8")
    with pytest.raises(tool.RetentionError, match=r"retention\.yml"):
        tool.rules_of(tmp_path)


def test_the_rules_of_this_repository_are_right(tool: Any) -> None:
    assert tool.rules_of(tool.ROOT)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_in_it(tool: Any, root: Path, seed: int) -> None:
    """Nothing outside goes, nothing young goes, all that is old goes, and a second sweep finds nothing."""
    chance = random.Random(seed)
    ages = make_anything(chance, root)
    outside = listing(root.parent / "elsewhere") | listing(root / "data" / "services")
    planned = tool.clean(root, RULES, NOW, delete=False)
    assert tool.clean(root, RULES, NOW, delete=True) == planned
    gone = {old.path for old in planned}
    assert outside == listing(root.parent / "elsewhere") | listing(root / "data" / "services")
    for path, days in ages.items():
        name = path.split("/")[2]
        old = days > RULES.get(name, float("inf")) and not path.endswith(".gitkeep")
        assert (path in gone) == old, path
        assert os.path.lexists(root / path) != old, path
    assert not [old for old in tool.clean(root, RULES, NOW, delete=True) if old.size]


def make_anything(chance: random.Random, root: Path) -> dict[str, float]:
    """Fill data/temp with files and links at any depth, and return the age of each in days."""
    ages: dict[str, float] = {}
    for number in range(chance.randrange(40)):
        folders = chance.choices(["a", "b", "c c", "ü"], k=chance.randrange(4))
        top = chance.choice([*RULES, "unknown"])
        name = chance.choice([f"file-{number}", f".hidden-{number}", ".gitkeep"])
        path = root.joinpath("data", "temp", top, *folders, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            continue
        if chance.random() < 0.3:
            path.symlink_to(
                chance.choice([root, root.parent / "elsewhere", Path("..", ".."), path])
            )
        else:
            path.write_text("content", encoding="utf-8")
        ages[path.relative_to(root).as_posix()] = days = chance.choice(
            [0.5, 6.9, 7.1, 29.9, 30.1, 89.9, 90.1]
        )
        date(path, days)
    return ages
