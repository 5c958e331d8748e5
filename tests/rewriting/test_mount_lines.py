"""Volumes of services whose folders moved or came apart."""

from textwrap import dedent

import pytest

from platforms import COMPOSE, findings_of, migrate_platform
from relayout.inventory.references import decoded

DAGSTER = {
    "dagster/workspace.yaml": "load_from:\n  - python_file: flows.py\n",
    "dagster/flows.py": "print(1)\n",
    "dagster/dagster.yaml": "telemetry: {enabled: false}\n",
}
APART = {
    "dagster/workspace.yaml": "platform/orchestration/workspace.yaml",
    "dagster/dagster.yaml": "platform/orchestration/dagster.yaml",
    "dagster/flows.py": "pipelines/x/orchestration/definitions.py",
}


def volumes_after(
    compose: str, files: dict[str, str], moves: dict[str, str], path: str = COMPOSE
) -> str:
    migration = migrate_platform({**files, path: dedent(compose)}, moves)
    assert findings_of(migration, "mount-came-apart", "reference-not-followed") == []
    return decoded(migration.after.read(moves.get(path, path)))[0]


def service(*volumes: str) -> str:
    items = "".join(f"      - {volume}\n" for volume in volumes)
    return f"services:\n  app:\n    image: app\n    volumes:\n{items}"


def test_a_folder_that_moved_whole_has_one_mount() -> None:
    files = {"jobs/a.sql": "", "jobs/b.sql": ""}
    moves = {"jobs/a.sql": "tools/jobs/a.sql", "jobs/b.sql": "tools/jobs/b.sql"}
    after = volumes_after(service("./jobs:/jobs:ro"), files, moves)
    assert after == service("./tools/jobs:/jobs:ro")


def test_most_of_a_folder_takes_its_place_and_the_rest_is_mounted_there() -> None:
    after = volumes_after(service("./dagster:/opt/app"), DAGSTER, APART)
    assert after == service(
        "./platform/orchestration:/opt/app",
        "./pipelines/x/orchestration/definitions.py:/opt/app/flows.py",
        "./pipelines/x/orchestration:/pipelines/x/orchestration",
    )


def test_a_file_that_cannot_be_found_above_the_root_is_not_mounted_there() -> None:
    after = volumes_after(service("./dagster:/app"), DAGSTER, APART)
    assert after == service(
        "./platform/orchestration:/app",
        "./pipelines/x/orchestration/definitions.py:/app/flows.py",
    )


def test_what_is_mounted_for_reading_only_is_mounted_in_pieces() -> None:
    files = {"jobs/a.sql": "", "jobs/b.sql": "", "jobs/sub/c.sql": ""}
    moves = {
        "jobs/a.sql": "pipelines/x/scripts/a.sql",
        "jobs/b.sql": "tools/b.sql",
        "jobs/sub/c.sql": "tools/sub/c.sql",
    }
    after = volumes_after(service("'./jobs:/jobs:ro'"), files, moves)
    assert after == service(
        "'./pipelines/x/scripts/a.sql:/jobs/a.sql:ro'",
        "'./tools/b.sql:/jobs/b.sql:ro'",
        "'./tools/sub:/jobs/sub:ro'",
    )


def test_lines_are_added_behind_comments_with_the_line_ends_of_the_file() -> None:
    text = service("./dagster:/opt/app # all of it").replace("\n", "\r\n")
    migration = migrate_platform({**DAGSTER, COMPOSE: text}, APART)
    lines = migration.after.read(COMPOSE).split(b"\r\n")
    assert lines[4:6] == [
        b"      - ./platform/orchestration:/opt/app # all of it",
        b"      - ./pipelines/x/orchestration/definitions.py:/opt/app/flows.py",
    ]
    assert b"\n" not in b"".join(lines)


def test_a_list_in_brackets_is_continued() -> None:
    text = "services:\n  app:\n    volumes: ['./dagster:/app', 'x:/x']\n"
    after = volumes_after(text, DAGSTER, APART)
    assert "volumes: ['./platform/orchestration:/app', './pipelines/x/" in after
    assert after.endswith("definitions.py:/app/flows.py', 'x:/x']\n")


def test_the_long_form_is_repeated_with_all_that_it_says() -> None:
    text = """\
        services:
          app:
            volumes:
              - type: bind
                source: "./dagster"  # all of it
                target: /app
                bind:
                  create_host_path: false

              - other:/other
        """
    after = volumes_after(text, DAGSTER, APART)
    assert after == dedent("""\
        services:
          app:
            volumes:
              - type: bind
                source: "./platform/orchestration"  # all of it
                target: /app
                bind:
                  create_host_path: false
              - type: bind
                source: "./pipelines/x/orchestration/definitions.py"  # all of it
                target: /app/flows.py
                bind:
                  create_host_path: false

              - other:/other
        """)


def test_services_that_share_a_list_get_its_additions_once() -> None:
    text = """\
        x-volumes: &volumes
          - ./dagster:/app
        services:
          web: {image: a, volumes: *volumes}
          worker: {image: b, volumes: *volumes}
        """
    after = volumes_after(text, DAGSTER, APART)
    assert after.count("definitions.py:/app/flows.py") == 1
    assert after.count("./platform/orchestration:/app") == 1


def test_what_stands_as_in_the_repository_is_there_at_both_paths() -> None:
    text = """\
        services:
          app:
            image: app
            working_dir: /app
            volumes:
              - ./shop:/app/shop
        """
    files = {"shop/a.sql": ""}
    after = volumes_after(text, files, {"shop/a.sql": "pipelines/shop/dbt/a.sql"})
    assert "- ./pipelines/shop/dbt:/app/shop\n" in after
    assert "- ./pipelines/shop/dbt:/app/pipelines/shop/dbt\n" in after


def test_what_runs_in_the_container_stays_where_the_container_has_it() -> None:
    text = """\
        services:
          app:
            image: app
            volumes:
              - ./jobs:/opt/jobs
            environment:
              SCRIPT: /opt/jobs/a.sql
            command: cat /opt/jobs/a.sql
        """
    files = {"jobs/a.sql": "", "jobs/b.sql": ""}
    moves = {"jobs/a.sql": "pipelines/x/scripts/a.sql", "jobs/b.sql": "tools/b.sql"}
    after = volumes_after(text, files, moves)
    assert after.count("/opt/jobs/a.sql\n") == 3


def test_documents_and_dead_code_need_no_mount() -> None:
    files = {"jobs/a.sql": "", "jobs/README.md": "", "jobs/old.py": ""}
    moves = {
        "jobs/a.sql": "tools/jobs/a.sql",
        "jobs/README.md": "docs/jobs/README.md",
        "jobs/old.py": "__legacy/jobs/old.py",
    }
    assert volumes_after(service("./jobs:/jobs"), files, moves) == service("./tools/jobs:/jobs")


def test_paths_count_from_where_the_compose_file_went() -> None:
    files = {"jobs/a.sql": "", "jobs/b.sql": ""}
    moves = {
        "jobs/a.sql": "pipelines/x/a.sql",
        "jobs/b.sql": "jobs/b.sql",
        COMPOSE: "docker/docker-compose.yml",
    }
    after = volumes_after(service("./jobs:/jobs"), files, moves)
    assert after == service("../jobs:/jobs", "../pipelines/x/a.sql:/jobs/a.sql")


@pytest.mark.parametrize(
    "volume", ["${DAGSTER:-.}/../dagster:/app", "./dagster:${APP}", "data:/app", "/dagster:/app"]
)
def test_other_volumes_stay(volume: str) -> None:
    migration = migrate_platform({**DAGSTER, COMPOSE: service(volume)}, APART)
    assert migration.after.read(COMPOSE).decode() == service(volume)


@pytest.mark.parametrize("count", [12, 40])
def test_a_folder_in_too_many_pieces_is_reported(count: int) -> None:
    files = {f"jobs/{i}.sql": "" for i in range(count)}
    moves = {f"jobs/{i}.sql": f"pipelines/p{i}/scripts/{i}.sql" for i in range(count)}
    migration = migrate_platform({**files, COMPOSE: service("./jobs:/jobs")}, moves)
    assert migration.after.read(COMPOSE).decode() == service("./jobs:/jobs")
    [told] = findings_of(migration, "mount-came-apart")
    assert 'mounts "./jobs" at /jobs' in told


def test_most_of_a_folder_in_too_many_pieces_is_still_followed() -> None:
    names = [f"{i}.sql" for i in range(20)]
    moves = {f"tests/{name}": f"tests/{name}" for name in names}
    moves |= {"tests/x.sql": "pipelines/x/tests/x.sql", COMPOSE: "docker/docker-compose.yml"}
    files = {**dict.fromkeys(moves, ""), COMPOSE: service("./tests:/opt/tests:ro")}
    migration = migrate_platform(files, moves)
    after = migration.after.read("docker/docker-compose.yml").decode()
    assert after == service("../tests:/opt/tests:ro")
    assert len(findings_of(migration, "mount-came-apart")) == 1


def test_what_a_compose_file_names_is_nothing_to_the_container() -> None:
    files = {"deploy/Dockerfile": "FROM x\n", "deploy/dags/a.sql": "", "deploy/run.sql": ""}
    compose = """\
        services:
          app:
            build: .
            volumes:
              - ./:/sources
              - ./dags:/dags
        """
    moves = {"deploy/dags/a.sql": "pipelines/x/scripts/a.sql"}
    after = volumes_after(compose, files, moves, "deploy/docker-compose.yml")
    assert "- ../pipelines/x/scripts:/sources/dags\n" in after
    assert "- ../pipelines/x/scripts:/dags\n" in after
    assert ":/pipelines" not in after


def test_a_form_beside_which_nothing_can_stand_is_reported() -> None:
    text = "services:\n  app:\n    volumes:\n      - >-\n        ./dagster:/app\n"
    migration = migrate_platform({**DAGSTER, COMPOSE: text}, APART)
    assert len(findings_of(migration, "mount-came-apart", "reference-not-followed")) == 1


def test_a_second_plan_changes_no_mounts() -> None:
    after = migrate_platform({**DAGSTER, COMPOSE: service("./dagster:/opt/app")}, APART).after
    again = migrate_platform({path: after.read(path) for path in after}, {})
    assert again.plan.edits == ()


def test_a_mount_above_what_moved_gets_it_below() -> None:
    files = {"dbt/shop/a.sql": "", "dbt/shop/b.sql": ""}
    moves = {path: path.replace("dbt/shop", "pipelines/shop/dbt") for path in files}
    after = volumes_after(service("./dbt:/opt/dbt"), files, moves)
    assert after == service("./pipelines/shop/dbt:/opt/dbt/shop")


def test_no_folder_is_mounted_that_has_the_same_files_twice() -> None:
    """Airflow would load each DAG from both places."""
    files = {"dags/dbt/a.py": "", "dags/dbt/b.py": "", "dags/report/c.py": ""}
    moves = {
        "dags/dbt/a.py": "pipelines/x/dbt/a.py",
        "dags/dbt/b.py": "pipelines/x/dbt/b.py",
        "dags/report/c.py": "pipelines/x/orchestration/c.py",
    }
    after = volumes_after(service("./dags:/opt/airflow/dags"), files, moves)
    assert after == service(
        "./pipelines/x/dbt:/opt/airflow/dags/dbt",
        "./pipelines/x/orchestration:/opt/airflow/dags/report",
    )


def test_a_place_that_the_service_mounts_already_is_not_mounted_again() -> None:
    volumes = ("./dagster:/app", "./dagster/flows.py:/app/flows.py")
    after = volumes_after(service(*volumes), DAGSTER, APART)
    assert after == service(
        "./platform/orchestration:/app",
        "./pipelines/x/orchestration/definitions.py:/app/flows.py",
    )


def test_nothing_is_mounted_where_a_relative_path_led_to_nothing() -> None:
    """The file names ../shop, which was in the container at another place."""
    files = {"app/run.sh": "#!/bin/sh\ncat ../shop/a.sql\n", "shop/a.sql": ""}
    moves = {"shop/a.sql": "pipelines/shop/dbt/a.sql"}
    after = volumes_after(service("./app:/app", "./shop:/app/shop"), files, moves)
    assert after == service("./app:/app", "./pipelines/shop/dbt:/app/shop")


def test_code_that_imports_the_package_finds_it_where_it_found_its_modules() -> None:
    files = {
        "dags/load.py": "from include.sql import QUERY\n\nprint(QUERY)\n",
        "include/__init__.py": "",
        "include/sql.py": "QUERY = 'select 1'\n",
    }
    moves = {
        "dags/load.py": "pipelines/x/orchestration/load.py",
        "include/__init__.py": "pipelines/shared/utilities/include/__init__.py",
        "include/sql.py": "pipelines/shared/utilities/include/sql.py",
    }
    volumes = ("./dags:/opt/airflow/dags", "./include:/opt/airflow/include")
    after = volumes_after(service(*volumes), files, moves)
    assert after == service(
        "./pipelines/x/orchestration:/opt/airflow/dags",
        "./pipelines/shared/utilities/include:/opt/airflow/include",
        "./pipelines:/opt/airflow/pipelines",
    )


def test_logs_of_the_root_are_not_a_dbt_projects() -> None:
    files = {"dbt_project.yml": "name: shop\n", "models/a.sql": "select 1\n"}
    moves = {path: f"pipelines/shop/dbt/{path}" for path in files}
    volumes = ("${DIR:-.}/logs:/opt/airflow/logs", "./plugins:/opt/airflow/plugins")
    assert volumes_after(service(*volumes), files, moves) == service(*volumes)


def test_the_repository_that_stood_for_a_dbt_project_is_reported() -> None:
    files = {"dbt_project.yml": "name: shop\n", "models/a.sql": "select 1\n"}
    moves = {path: f"pipelines/shop/dbt/{path}" for path in files}
    volumes = (".:/opt/airflow/dbt:rw", ".:/work")
    migration = migrate_platform({**files, COMPOSE: service(*volumes)}, moves)
    [told] = findings_of(migration, "mount-came-apart")
    assert told.startswith(f"{COMPOSE}:5: the service app has the repository at /opt/airflow/dbt")


def test_a_service_that_has_the_package_by_a_mount_needs_no_installation() -> None:
    files = {
        "include/sql.py": "QUERY = 'select 1'\n",
        "dags/load.py": "from include.sql import QUERY\n\nprint(QUERY)\n",
    }
    compose = """\
        services:
          app:
            image: app
            working_dir: /opt
            volumes: [./dags:/opt/dags, ./include:/opt/include]
            command: python /opt/dags/load.py
        """
    moves = {
        "include/sql.py": "pipelines/shared/utilities/sql.py",
        "dags/load.py": "pipelines/x/scripts/load.py",
    }
    migration = migrate_platform({**files, COMPOSE: dedent(compose)}, moves)
    assert "./pipelines:/opt/pipelines" in migration.after.read(COMPOSE).decode()
    assert findings_of(migration, "package-not-installed") == []
