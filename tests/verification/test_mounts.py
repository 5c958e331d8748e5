"""What the check of mounts says of compose files that were tampered with."""

from textwrap import dedent

import pytest

from migrations import checks_of as src_checks
from migrations import migrate_files
from platforms import COMPOSE, evidence_on, migrate_platform
from relayout.migration import Migration
from relayout.verification import Check
from relayout.verification.mounts import check_mounts_resolve

FILES = {
    COMPOSE: dedent("""\
        services:
          app:
            image: app:1
            ports: ["80:80"]
            environment:
              - POSTGRES_DB=jobs
            volumes:
              - ./jobs:/opt/app
              - ./data/db:/db
              - ./untracked:/untracked
              - /var/run/docker.sock:/var/run/docker.sock:ro
        """),
    "jobs/a.sql": "",
    "jobs/b.sql": "",
    "jobs/README.md": "",
}
MOVES = {
    "jobs/a.sql": "pipelines/x/scripts/a.sql",
    "jobs/b.sql": "tools/scripts/b.sql",
    "jobs/README.md": "docs/jobs/README.md",
    "data/db": "data/services/db",
}
AFTER = """\
services:
  app:
    image: app:1
    ports: ["80:80"]
    environment:
      - POSTGRES_DB=jobs
    volumes:
      - ./tools/scripts:/opt/app
      - ./pipelines/x/scripts/a.sql:/opt/app/a.sql
      - ./data/services/db:/db
      - ./untracked:/untracked
      - /var/run/docker.sock:/var/run/docker.sock:ro
"""


@pytest.fixture(scope="module")
def migration() -> Migration:
    return migrate_platform(FILES, MOVES)


def checked(migration: Migration, compose: str | None = None) -> Check:
    check = check_mounts_resolve(evidence_on(migration, compose))
    assert check is not None
    return check


def test_what_the_migration_writes_passes(migration: Migration) -> None:
    check = checked(migration)
    assert (check.passed, check.figures) == (True, {"mounts": 4})
    assert migration.after.read(COMPOSE).decode() == AFTER


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("      - ./pipelines/x/scripts/a.sql:/opt/app/a.sql\n", "", "app had jobs/a.sql at"),
        ("./tools/scripts:/opt/app", "./jobs:/opt/app", "app had jobs/b.sql at /opt/app/b.sql"),
        ("/scripts:/opt/app\n", "/scripts:/opt\n", "app had jobs/b.sql at /opt/app/b.sql"),
        ("./data/services/db:/db", "./data/db:/db", "which is data/services/db now"),
        ("./untracked:", "./other:", "app had ./untracked at /untracked"),
        ("      - /var/run/docker.sock:/var/run/docker.sock:ro\n", "", "had /var/run/docker.sock"),
        ("POSTGRES_DB=jobs", "POSTGRES_DB=tools/scripts", "POSTGRES_DB of the service app"),
        ("POSTGRES_DB=", "POSTGRES=", "the environment of the service app has other names"),
        ("app:1", "app:2", "image of the service app was changed"),
        ('["80:80"]', '["81:80"]', "ports of the service app was changed"),
        ("  app:\n", "  web:\n", "the service app is in one of the two only"),
        ("services:", "services: [", "it is no valid YAML any more"),
    ],
)
def test_what_is_not_as_it_was_is_said(
    migration: Migration, old: str, new: str, problem: str
) -> None:
    assert old in AFTER
    check = checked(migration, AFTER.replace(old, new))
    assert not check.passed
    assert problem in " ".join(check.details)


def test_a_mount_of_the_whole_repository_has_what_moved() -> None:
    files = {**FILES, COMPOSE: "services:\n  app:\n    volumes:\n      - .:/work\n"}
    moves = {old: new for old, new in MOVES.items() if old in files}
    assert checked(migrate_platform(files, moves)).passed


def test_a_mount_that_was_reported_is_accounted_for() -> None:
    files = {f"jobs/{i}.sql": "" for i in range(20)}
    moves = {f"jobs/{i}.sql": f"pipelines/p{i}/{i}.sql" for i in range(20)}
    compose = "services:\n  app:\n    volumes:\n      - ./jobs:/jobs\n"
    assert checked(migrate_platform({**files, COMPOSE: compose}, moves)).passed


@pytest.mark.parametrize("end", range(0, 200, 9))
def test_files_that_were_cut_off_are_compared_as_well(end: int) -> None:
    migration = migrate_platform({**FILES, COMPOSE: FILES[COMPOSE][:end]})
    assert checked(migration).passed


def test_so_many_mounts_of_a_service_are_compared_at_most() -> None:
    volumes = "".join(f"      - ./jobs:/m{i}\n" for i in range(1000))
    files = {**FILES, COMPOSE: f"services:\n  app:\n    volumes:\n{volumes}"}
    moves = {old: new for old, new in MOVES.items() if old in files}
    assert checked(migrate_platform(files, moves)).figures["mounts"] == 200


def test_other_layouts_change_targets_and_are_not_checked() -> None:
    assert "mounts-resolve" not in src_checks(migrate_files({"a.py": "print(1)\n"}))
