"""What an image had of a folder that came apart, it has at the same paths afterwards."""

from __future__ import annotations

import pytest

from relayout.inventory.configured_paths.images import read_image
from relayout.planning.homes import Home
from relayout.rewriting.copied_parts import copied_parts
from relayout.rewriting.destination import Destination
from relayout.source import apply_edits
from relayout.tree import Tree

MOVES = {
    "spark/job.py": "src/pkg/spark/jobs/batch_etl.py",
    "spark/conf/spark.conf": "config/spark/spark.conf",
    "spark/test_job.py": "tests/unit/test_spark/test_job.py",
    "spark/test_more.py": "tests/unit/test_spark/test_more.py",
}


def after(text: str) -> str:
    tree = Tree.of(dict.fromkeys(MOVES, ""))
    destination = Destination(tree, MOVES, (Home("pkg"),))
    return apply_edits(text, copied_parts(text, "", tree, destination))


def has(text: str, tree: Tree) -> dict[str, str]:
    """Return what an image has, file by file, by its path there."""
    found = {}
    for one in read_image(text, "", tree)[-1].copied:
        for path in tree:
            if path == one.path or path.startswith(f"{one.path}/"):
                found[one.place + path[len(one.path) :]] = path
    return found


@pytest.mark.parametrize(
    "line", ["COPY spark/ /app/spark/", "COPY --chown=1001 spark /app/spark", "copy ./spark /x"]
)
def test_every_path_leads_to_the_same_file(line: str) -> None:
    text = f"FROM python:3.12\n{line}\nCMD bash\n"
    tree = Tree.of(dict.fromkeys(MOVES, ""))
    before, now = has(text, tree), has(after(text), tree.moved(MOVES))
    assert len(before) == len(MOVES)
    assert now == {place: MOVES[path] for place, path in before.items()}


def test_the_instructions_are_written_like_the_one_that_they_replace() -> None:
    assert after("FROM a\r\nCOPY --chown=1001 spark/ /app/spark/\r\n") == (
        "FROM a\r\n"
        "COPY --chown=1001 tests/unit/test_spark/ /app/spark/\r\n"
        "COPY --chown=1001 config/spark/ /app/spark/conf/\r\n"
        "COPY --chown=1001 src/pkg/spark/jobs/batch_etl.py /app/spark/job.py\r\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "COPY spark/job.py /app/",
        "COPY --from=other spark /app",
        'COPY ["spark", "/app"]',
        "COPY spark \\\n  /app/spark",
        "COPY . /app",
        "COPY nothing /app",
        "COPY",
    ],
)
def test_others_stay(line: str) -> None:
    text = f"FROM python:3.12\n{line}\n"
    assert after(text) == text
