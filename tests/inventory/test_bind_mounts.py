from textwrap import dedent

import pytest

from relayout.inventory.bind_mounts import BindMount, bind_mounts
from relayout.tree import Tree


def mounts_of(text: str, path: str = "docker-compose.yml") -> list[BindMount]:
    return bind_mounts(Tree.of({path: dedent(text)}))


def mount(item: str, path: str = "docker-compose.yml") -> list[BindMount]:
    return mounts_of(f"services:\n  db:\n    volumes:\n      - {item}\n", path)


@pytest.mark.parametrize(
    ("item", "path", "target", "modes"),
    [
        ("./data/db:/var/lib/db", "data/db", "/var/lib/db", ""),
        ("./data/db/:/var/lib/db/:ro", "data/db", "/var/lib/db", "ro"),
        ('"./data/db:/db:rw,z"', "data/db", "/db", "rw,z"),
        (".:/app", "", "/app", ""),
        ("${DB:-./data/db}:/db", "data/db", "/db", ""),
        ("$PWD/data/db:/db", "data/db", "/db", ""),
        ("${PWD}/data/db:/db", "data/db", "/db", ""),
        ("${HERE:-.}/data/db:/db", "data/db", "/db", ""),
        ("{type: bind, source: ./data/db, target: /db, read_only: true}", "data/db", "/db", "ro"),
        ("./data/db:${TARGET}", "data/db", "", ""),
    ],
)
def test_what_is_mounted_from_the_repository(item: str, path: str, target: str, modes: str) -> None:
    [found] = mount(item)
    assert (found.path, found.target, found.modes) == (path, target, modes)
    assert found.is_fixed
    assert found.read_only == ("ro" in modes)


@pytest.mark.parametrize(
    "item",
    [
        "/var/run/docker.sock:/var/run/docker.sock:ro",
        "~/data/db:/db",
        "C:\\data:/db",
        "../../data/db:/db",
        "{type: bind, source: /data, target: /db}",
    ],
)
def test_what_is_outside_of_the_repository(item: str) -> None:
    [found] = mount(item)
    assert (found.path, found.is_fixed) == (None, True)


@pytest.mark.parametrize(
    ("item", "path"),
    [("${DATA:-./data}/db:/db", "data/db"), ("${DATA}:/db", None), ("./data/${NAME}:/db", None)],
)
def test_what_a_variable_may_lead_elsewhere(item: str, path: str | None) -> None:
    [found] = mount(item)
    assert (found.path, found.is_fixed) == (path, False)


@pytest.mark.parametrize(
    "item",
    ["db:/var/lib/db", "/anonymous", "{type: volume, source: db, target: /db}", "[1, 2]", "3"],
)
def test_volumes_are_no_bind_mounts(item: str) -> None:
    assert mount(item) == []


def test_paths_count_from_the_folder_of_the_file() -> None:
    [found] = mount("../data/db:/db", "ops/compose.prod.yaml")
    assert (found.path, found.line, found.service) == ("data/db", 4, "db")


def test_services_that_share_a_part_have_its_mounts() -> None:
    text = """
        x-base: &base
          volumes: &volumes
            - ./data/db:/db
        services:
          a:
            <<: *base
            profiles: [tools]
          b:
            volumes: *volumes
    """
    first, second = mounts_of(text)
    assert (first.service, second.service) == ("a", "b")
    assert first.node is second.node


@pytest.mark.parametrize(
    "text", ["services: [", "\0", "services: 3", "services: {a: {volumes: ./x}}", "- a", ""]
)
def test_what_is_no_compose_file_has_no_mounts(text: str) -> None:
    assert mounts_of(text) == []
