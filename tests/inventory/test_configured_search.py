"""Which configured search paths hold for a file, and which of them say more."""

from __future__ import annotations

from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_search import ConfiguredSearch
from relayout.inventory.search_paths import SearchPath

ALL = ConfiguredPath(".env", 1, ("lib",), "", "PYTHONPATH")
ONE = ConfiguredPath("run.sh", 2, ("core",), "jobs/load.py", "PYTHONPATH")
FOLDER = ConfiguredPath("services/a/.env", 1, ("services/a/core",), "services/a", "PYTHONPATH")
TESTS = ConfiguredPath("pytest.ini", 2, ("tests/lib",), "", "pytest", tests_only=True)
CHECKER = ConfiguredPath("mypy.ini", 2, ("stubs",), "", "checker")
UNCLEAR = ConfiguredPath("run.sh", 9, None, "jobs", "PYTHONPATH", unclear=True)

FILES = [
    "jobs/load.py",
    "jobs/other.py",
    "services/a/run.py",
    "services/ab/run.py",
    "tests/test_a.py",
]
SEARCH = ConfiguredSearch((ALL, ONE, FOLDER, TESTS, CHECKER, UNCLEAR), FILES)


def test_entries_hold_for_a_file_a_folder_tests_or_everything() -> None:
    assert [set(SEARCH.concerning(path)) - {ALL, CHECKER} for path in FILES] == [
        {ONE, UNCLEAR},
        {UNCLEAR},
        {FOLDER},
        set(),
        {TESTS},
    ]
    assert all({ALL, CHECKER} <= set(SEARCH.concerning(path)) for path in FILES)


def test_code_comes_before_configuration_and_that_before_checkers() -> None:
    hacked = SearchPath(front=("vendor",), own=(), root=("", "src"), back=())
    inherited = (SEARCH.of(CHECKER), SEARCH.of(ALL), hacked, SEARCH.of(ONE))
    assert list(SEARCH.ranked(inherited)) == [
        [hacked],
        [SEARCH.of(ALL), SEARCH.of(ONE)],
        [SEARCH.of(CHECKER)],
    ]
    assert SEARCH.folders(inherited) == ("stubs", "lib", "core")


def test_what_cannot_be_told_adds_no_folder() -> None:
    assert SEARCH.of(UNCLEAR).before_library() == ()
