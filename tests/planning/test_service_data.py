"""What services mount of data/ is planned to go to data/services/, and what stays."""

from textwrap import dedent

import pytest

from migrations import migrate_files
from platforms import PLATFORM, findings_of, migrate_platform
from relayout.planning.plan import Options
from relayout.planning.service_data import with_service_places
from relayout.tree import Tree

OTHERS = {"Makefile": "load:\n\tpython load.py\n", "load.py": "print(1)\n"}


def compose(*volumes: str) -> str:
    items = "".join(f"      - {volume}\n" for volume in volumes)
    return f"services:\n  db:\n    image: postgres\n    volumes:\n{items}"


def service_moves(files: dict[str, str], options: Options | None = None) -> dict[str, str]:
    migration = migrate_platform({**OTHERS, **files}, options=options)
    return {m.source: m.target for m in migration.plan.moves if m.rule == "service-data"}


def test_a_folder_that_git_does_not_hold_moves() -> None:
    moves = service_moves({"docker-compose.yml": compose("./data/db:/db")})
    assert moves == {"data/db": "data/services/db"}


def test_what_git_has_of_it_moves_along() -> None:
    files = {"docker-compose.yml": compose("./data/db:/db"), "data/db/init/a.sql": "select 1;"}
    migration = migrate_platform({**OTHERS, **files})
    assert migration.plan.targets["data/db/init/a.sql"] == "data/services/db/init/a.sql"
    assert "data/services/db/init/a.sql" in migration.after
    assert "data/db" not in migration.after.folders
    assert "data/services/db" in migration.after.places


def test_the_folder_of_a_service_moves_whole() -> None:
    volumes = ("./data/zoo/data:/data", "./data/zoo/log:/log")
    assert service_moves({"docker-compose.yml": compose(*volumes)}) == {
        "data/zoo": "data/services/zoo"
    }


@pytest.mark.parametrize(
    "volume",
    [
        "./data:/data",
        ".:/app",
        "./data/pipelines/orders:/orders",
        "./data/services/db:/db",
        "./data/temp/cache:/cache",
        "./mydata/db:/db",
        "/data/db:/db",
        "../data/db:/db",
        "db:/db",
        "./.env:/app/.env",
    ],
)
def test_what_is_no_data_of_a_service_stays(volume: str) -> None:
    assert service_moves({"docker-compose.yml": compose(volume)}) == {}


def test_a_file_in_data_stays() -> None:
    files = {"docker-compose.yml": compose("./data/a.sql:/a.sql"), "data/a.sql": "select 1;"}
    assert service_moves(files) == {}


def test_a_variable_may_lead_elsewhere() -> None:
    files = {**OTHERS, "docker-compose.yml": compose("${DATA:-./data}/db:/db")}
    migration = migrate_platform(files)
    assert "data/db" not in migration.plan.targets
    [told] = findings_of(migration, "service-data-stays")
    assert told.startswith('docker-compose.yml:5: data/db stays: "${DATA:-./data}/db"')


def test_data_that_code_reads_stays() -> None:
    files = {"docker-compose.yml": compose("./data/raw:/raw"), "load.py": 'open("data/raw/a")\n'}
    migration = migrate_platform({**OTHERS, **files})
    assert "data/raw" not in migration.plan.targets
    assert len(findings_of(migration, "service-data-stays")) == 1


@pytest.mark.parametrize("other", ["data/services/db/.gitkeep", "data/services/db"])
def test_a_place_that_is_taken_is_left_alone(other: str) -> None:
    files = {"docker-compose.yml": compose("./data/db:/db"), "data/db/.gitkeep": "", other: ""}
    migration = migrate_platform({**OTHERS, **files})
    assert "data/db/.gitkeep" not in migration.plan.targets
    [told] = findings_of(migration, "service-data-stays")
    assert "data/db stays: data/services/db is there already" in told


def test_a_place_that_another_service_has_is_taken() -> None:
    files = {"docker-compose.yml": compose("./data/db:/db", "./data/services/db:/new")}
    assert service_moves(files) == {}


def test_a_file_that_git_does_not_hold_moves_as_well() -> None:
    moves = service_moves({"docker-compose.yml": compose("./data/acme.json:/acme.json")})
    assert moves == {"data/acme.json": "data/services/acme.json"}


def test_what_a_person_keeps_stays() -> None:
    files = {"docker-compose.yml": compose("./data/db:/db", "./data/mq:/mq")}
    options = Options("pipeline-centric", keep=("data/db",))
    assert service_moves(files, options) == {"data/mq": "data/services/mq"}


def test_services_that_mount_all_data_are_told_of() -> None:
    files = {"docker-compose.yml": compose("./data/db:/db", "./data:/data")}
    [told] = findings_of(migrate_platform({**OTHERS, **files}), "mount-sees-moved-data")
    assert "what it saw as /data/db it sees as /data/services/db now" in told
    assert told.startswith("docker-compose.yml:6:")


def test_lines_count_after_the_edits() -> None:
    files = {"docker-compose.yml": compose("./jobs:/jobs", "./data/db:/db", "./data:/data")}
    files |= {"jobs/a.sql": "", "jobs/b.sql": ""}
    moves = (("jobs/a.sql", "pipelines/x/scripts/a.sql"), ("jobs/b.sql", "jobs/b.sql"))
    migration = migrate_platform({**OTHERS, **files}, options=Options("", place=moves))
    [told] = findings_of(migration, "mount-sees-moved-data")
    lines = migration.after.read("docker-compose.yml").decode().splitlines()
    assert lines[int(told.split(":")[1]) - 1] == "      - ./data:/data"
    assert told.startswith("docker-compose.yml:8:")


def test_what_is_to_be_done_is_said_once() -> None:
    files = {"docker-compose.yml": compose("./data/db:/db", "./data/mq:/mq")}
    [told] = findings_of(migrate_platform({**OTHERS, **files}), "service-data-moves")
    assert "2 folders" in told


def test_names_that_scripts_put_together_are_reported() -> None:
    script = "#!/bin/sh\nfor d in db mq; do\n  mkdir -p data/$d\ndone\n"
    script += "# data/$d\nls /data/$d mydata/$d\n"
    files = {"docker-compose.yml": compose("./data/db:/db"), "start.sh": script}
    told = findings_of(migrate_platform({**OTHERS, **files}), "reference-not-followed")
    assert [one.partition(":")[2] for one in told] == [
        '3: "data/$d" may name data of a service, which is below data/services now'
    ]


def test_variables_that_may_be_set_are_named() -> None:
    files = {"docker-compose.yml": compose("${DB_DIR:-./data/db}:/db", "${X:-.}/data/mq:/mq")}
    migration = migrate_platform({**OTHERS, **files})
    [told] = [f for f in migration.plan.findings if f.code == "service-data-moves"]
    assert "Where DB_DIR is set" in told.help


def test_a_second_plan_is_empty() -> None:
    files = {**OTHERS, "docker-compose.yml": compose("./data/db:/db"), "data/db/.gitkeep": ""}
    after = migrate_platform(files).after
    fresh = {path: after.read(path) for path in after}  # git does not remember places
    again = migrate_platform(fresh)
    assert (again.plan.moves, again.plan.edits) == ((), ())


def test_other_layouts_leave_data_where_it_is() -> None:
    files = {**OTHERS, "docker-compose.yml": compose("./data/db:/db"), "a.sh": "ls data/db\n"}
    migration = migrate_files(files)
    assert "data/db" not in migration.plan.targets
    assert migration.after.places == frozenset()


def test_places_are_what_compose_mounts_and_files_spell_out() -> None:
    files = {
        "docker-compose.yml": compose("./data/db/pg:/db", "./data:/data"),
        "a.sh": dedent("""
            ls data/db/pg/base data/other/x
            rm -rf ./data/db/pg/log/*
            """),
    }
    places = with_service_places(Tree.of(files), PLATFORM).places
    assert places == {"data/db", "data/db/pg", "data/db/pg/base", "data/db/pg/log"}


@pytest.mark.parametrize("text", ["services: [", "\0" * 50, "services:\n  db: 3\n", "a" * 999_999])
def test_what_is_no_compose_file_moves_nothing(text: str) -> None:
    assert service_moves({"docker-compose.yml": text}) == {}
