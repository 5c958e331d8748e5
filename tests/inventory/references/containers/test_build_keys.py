"""Builds in YAML come to name their Dockerfile, in the form that the file is written in."""

from __future__ import annotations

import pytest

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

MOVES = {"Dockerfile": "docker/etl/Dockerfile"}
NAMED = "dockerfile: docker/etl/Dockerfile"


def service(build: str) -> tuple[str, list[str]]:
    """Return what becomes of a service's build in a compose file."""
    text, about = followed("compose.yml", f"services:\n  etl:\n{build}", MOVES)
    return text.removeprefix("services:\n  etl:\n"), about


@pytest.mark.parametrize(
    ("build", "becomes"),
    [
        ("    build: .\n", f"    build:\n      context: .\n      {NAMED}\n"),
        ("    build: '.' # here\n", f"    build:\n      context: '.' # here\n      {NAMED}\n"),
        ("    build: ./\r\n", f"    build:\r\n      context: ./\r\n      {NAMED}\r\n"),
        ("    build:\n      context: .\n", f"    build:\n      context: .\n      {NAMED}\n"),
        ("    build: {context: .}\n", f"    build: {{context: ., {NAMED}}}\n"),
        (
            "    build:\n      args:\n        A: 1\n",
            f"    build:\n      {NAMED}\n      args:\n        A: 1\n",
        ),
        ("    build: .", f"    build:\n      context: .\n      {NAMED}"),
    ],
)
def test_forms_of_a_service(build: str, becomes: str) -> None:
    assert service(build) == (becomes, [])


@pytest.mark.parametrize(
    "build",
    [
        "    build: ./other\n",
        "    build:\n      context: .\n      dockerfile: other/Dockerfile\n",
        "    build:\n      context: .\n      dockerfile_inline: FROM python\n",
        "    build: https://example.org/x.git\n",
        "    build:\n",
        "    build: []\n",
        "    image: etl\n",
        "    build: {",
    ],
)
def test_what_is_built_otherwise_stays(build: str) -> None:
    assert service(build) == (build, [])


def test_a_flow_and_a_part_that_services_share() -> None:
    text = "x-b: &b\n  build: .\nservices:\n  a: {<<: *b}\n  c: {<<: *b}\n  d: {build: .}\n"
    new, about = followed("compose.yml", text, MOVES)
    assert not about
    assert new.count(NAMED) == 2
    assert f"d: {{build: {{context: ., {NAMED}}}}}" in new


def test_an_override_without_a_context_says_nothing_of_it() -> None:
    override = "services:\n  etl:\n    build:\n      args: {A: 1}\n"
    files = {"docker-compose.yml": "services:\n  etl:\n    build: .\n", "x.yml": override}
    tree = Tree.of({**files, "docker-compose.override.yml": override, "Dockerfile": ""})
    assert not read_references("docker-compose.override.yml", tree)
    assert [r.path for r in read_references("docker-compose.yml", tree)] == ["Dockerfile"]


def test_what_another_file_names_is_in_doubt() -> None:
    named = "services:\n  etl:\n    build: {context: ., dockerfile: other/Dockerfile}\n"
    plain = "services:\n  etl:\n    build: .\n"
    files = {"other/Dockerfile": "", "Dockerfile": ""}
    tree = Tree.of({**files, "docker-compose.yml": plain, "docker-compose.prod.yml": named})
    [sure] = read_references("docker-compose.yml", tree)
    assert not sure.doubt
    tree = Tree.of({**files, "docker-compose.yml": named, "docker-compose.prod.yml": plain})
    [unsure] = read_references("docker-compose.prod.yml", tree)
    assert unsure.doubt


def workflow(inputs: str) -> tuple[str, list[str]]:
    """Return what becomes of the inputs of Docker's action."""
    head = "jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n"
    text, about = followed(".github/workflows/a.yml", head + inputs, MOVES)
    return text.removeprefix(head), about


@pytest.mark.parametrize(
    ("inputs", "becomes"),
    [
        (
            "          context: .\n          push: true\n",
            "          context: .\n          file: docker/etl/Dockerfile\n          push: true\n",
        ),
        (
            "          push: true\n",
            "          file: docker/etl/Dockerfile\n          push: true\n",
        ),
        (
            "          context: .\n          file: ./Dockerfile\n",
            "          context: .\n          file: ./docker/etl/Dockerfile\n",
        ),
    ],
)
def test_inputs_of_an_action(inputs: str, becomes: str) -> None:
    assert workflow(inputs) == (becomes, [])


def test_a_context_that_cannot_be_told() -> None:
    inputs = "          context: ${{ matrix.where }}\n"
    text, about = workflow(inputs)
    assert text == inputs
    assert len(about) == 1
