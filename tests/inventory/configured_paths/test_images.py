"""What the stages of a Dockerfile have of the repository, and where."""

from __future__ import annotations

import pytest

from relayout.inventory.configured_paths.images import read_image
from relayout.tree import Tree

TREE = Tree.of(dict.fromkeys(["main.py", "utils/load.py", "utils/db.py", "sql/x.sql", "a.txt"], ""))


def copied(body: str) -> list[tuple[str, str, str | None]]:
    images = read_image(f"FROM python\nWORKDIR /app\n{body}\n", "", TREE)
    return [(one.place, one.path, one.root) for one in images[-1].copied]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("COPY . .", [("/app", "", "/app")]),
        ("COPY . /srv", [("/srv", "", "/srv")]),
        ("COPY utils ./utils", [("/app/utils", "utils", "/app")]),
        ("COPY . /srv\nCOPY utils /srv/utils",
         [("/srv", "", "/srv"), ("/srv/utils", "utils", "/srv")]),
        ("COPY utils ./tools", [("/app/tools", "utils", None)]),
        ("COPY utils /utils", [("/utils", "utils", None)]),
        ("COPY main.py .", [("/app/main.py", "main.py", "/app")]),
        ("COPY main.py /app", [("/app/main.py", "main.py", "/app")]),
        ("COPY main.py /app/run.py", [("/app/run.py", "main.py", None)]),
        ("COPY main.py a.txt ./",
         [("/app/main.py", "main.py", "/app"), ("/app/a.txt", "a.txt", "/app")]),
        ("COPY main.py utils/db.py ./",
         [("/app/main.py", "main.py", None), ("/app/db.py", "utils/db.py", None)]),
        ("COPY utils/*.py utils/", [("/app/utils/db.py", "utils/db.py", "/app"),
                                    ("/app/utils/load.py", "utils/load.py", "/app")]),
        ("COPY --parents utils/db.py /x/", [("/x/utils/db.py", "utils/db.py", "/x")]),
        ("COPY ../main.py ./", [("/app/main.py", "main.py", "/app")]),
        ("COPY missing ./", []),
        ("ADD https://host/main.py ./", []),
        ("COPY <<EOF /app/main.py\nx\nEOF", []),
        ("ARG DIR=utils\nCOPY $DIR ./$DIR", [("/app/utils", "utils", "/app")]),
        ("COPY $UNKNOWN ./", []),
    ],
)  # fmt: skip
def test_what_is_copied_where(body: str, expected: list[object]) -> None:
    assert copied(body) == expected


def test_stages_take_over_what_they_copy_and_are_made_of() -> None:
    body = """\
COPY utils ./utils
COPY sql /data/sql
FROM 0 AS next
WORKDIR /srv
COPY --from=0 /app /srv
COPY --from=0 /app/utils/db.py ./
COPY --from=0 /data ./data"""
    assert copied(body) == [
        ("/app/utils", "utils", "/app"),
        ("/data/sql", "sql", None),
        ("/srv/utils", "utils", "/srv"),
        ("/srv/db.py", "utils/db.py", None),
        ("/srv/data/sql", "sql", None),
    ]


def test_arguments_from_before_the_first_stage_are_known_where_they_are_named() -> None:
    text = "ARG DIR=utils\nFROM a\nCOPY $DIR /x\nARG DIR\nCOPY $DIR /y\n"
    assert [one.place for one in read_image(text, "", TREE)[-1].copied] == ["/y"]


def test_stages_that_copy_each_other_over_and_over_come_to_an_end() -> None:
    text = "FROM a AS s0\nCOPY . /x\nCOPY --from=s0 / /x\n"
    for number in range(20):
        text += f"FROM a AS s{number + 1}\n" + f"COPY --from=s{number} / /x\n" * 3
    image = read_image(text, "", TREE)[-1]
    assert len(image.copied) + len(image.mounts) < 20_000
