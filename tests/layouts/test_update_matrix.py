"""Each cell of the matrix, in each layout: an update here, and the same as Copier does it alone.

What a version of the template changes (a file moved, a folder moved, a module renamed, a part of a
file split off) meets what a user did (nothing, an edit, ...). Rows and columns: update_cells.
"""

from collections.abc import Callable, Iterator

import pytest
import yaml
from update_cells import (
    ADDED,
    BOTH,
    CELLS,
    CHANGES,
    DELETED,
    EDITED,
    GROUNDS,
    LEAST,
    MOVED,
    UNTOUCHED,
    Cell,
    Ground,
)
from update_matrix import HERE, PLAIN, Matrix
from update_outcomes import Outcome, Updated, markers, outcome_of

SPLIT = "file split off"

Update = Callable[[str], Updated]


@pytest.fixture(scope="module", params=GROUNDS, ids=lambda ground: ground.layout)
def ground(request: pytest.FixtureRequest) -> Ground:
    return request.param


@pytest.fixture(scope="module")
def update(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Update]:
    """Return a function that updates the layout's repository from one side, once."""
    matrix = Matrix(tmp_path_factory.mktemp(ground.layout), ground)
    done: dict[str, Updated] = {}

    def once(side: str) -> Updated:
        if side not in done:
            done[side] = matrix.updated(side)
        return done[side]

    return once


each_cell = pytest.mark.parametrize("cell", CELLS, ids=str)


@each_cell
def test_an_update_follows(cell: Cell, update: Update) -> None:
    contested = (cell.change.home(LEAST),) if cell.touch == BOTH else ()
    assert outcome_of(update(HERE), cell) == Outcome(conflicts=contested)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_conflict_is_one_line_of_two_sides(
    change: object, ground: Ground, update: Update
) -> None:
    (cell,) = (cell for cell in CELLS if cell.touch == BOTH and cell.change == change)
    path = ground.path(cell, cell.change.home(LEAST))
    updated = update(HERE)
    assert updated.unmerged[path] == {1, 2, 3}
    text = updated.after[path].decode()
    begin, middle, end = markers(text)
    assert (begin, middle, end) == ("<<<<<<< yours", "=======", ">>>>>>> layout 2.0.0")
    inside = text[text.index(begin) : text.index(end)].splitlines()[1:]
    assert [line.strip() for line in inside] == [cell.contested, middle, cell.line(LEAST, 2)]


def test_what_was_not_touched_is_as_the_template_has_it(ground: Ground, update: Update) -> None:
    updated = update(HERE)
    plain = update(PLAIN)
    for cell in CELLS:
        if cell.touch == UNTOUCHED:
            user = ground.user(cell)
            assert _but(updated.of(cell), user) == _but(plain.of(cell), user)


def test_nothing_else_changes(update: Update) -> None:
    updated = update(HERE)
    assert updated.status == 0, updated.said
    assert set(updated.around) == {".copier-answers.yml"}
    old, new = (
        yaml.safe_load(files[".copier-answers.yml"]) for files in (updated.before, updated.after)
    )
    assert {**old, "_commit": "v2.0.0"} == new


def test_nothing_is_unmerged_but_what_both_sides_changed(ground: Ground, update: Update) -> None:
    contested = {ground.path(cell, cell.change.home(LEAST)) for cell in CELLS if cell.touch == BOTH}
    assert update(HERE).unmerged.keys() == contested


def test_no_import_of_the_repository_is_broken(update: Update) -> None:
    assert update(HERE).unresolved == {}
    assert update(HERE).not_imported == {}


@each_cell
def test_copier_alone_does_not_follow(cell: Cell, update: Update) -> None:
    outcome = outcome_of(update(PLAIN), cell)
    if cell.change.name == SPLIT:
        assert outcome.broken or outcome.conflicts
    elif cell.touch in (EDITED, BOTH):
        assert outcome.lost
        assert not outcome.conflicts
        assert outcome.broken
    elif cell.touch == DELETED:
        assert outcome.returned
    elif cell.touch == MOVED:
        assert outcome.doubled
        assert outcome.missed
    else:
        assert cell.touch in (UNTOUCHED, ADDED)
        assert outcome.broken


def _but(files: dict[str, str], path: str) -> dict[str, str]:
    return {name: text for name, text in files.items() if name != path}
