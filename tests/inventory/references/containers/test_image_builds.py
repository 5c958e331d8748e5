"""Builds that name no Dockerfile are told which one it is, once that is elsewhere."""

from __future__ import annotations

import pytest

from references import followed
from relayout.inventory.references import read_references
from relayout.tree import Tree

MOVES = {"Dockerfile": "infrastructure/docker/etl/Dockerfile", "a/Dockerfile": "b/Dockerfile"}
F = "-f infrastructure/docker/etl/Dockerfile"


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("docker build -t x .", f"docker build -t x {F} ."),
        ("docker build . -t x", f"docker build {F} . -t x"),
        ("docker build -t x '.'", f"docker build -t x {F} '.'"),
        ("docker image build --tag=x --pull ./", f"docker image build --tag=x --pull {F} ./"),
        ("docker buildx build --push -t x .", f"docker buildx build --push -t x {F} ."),
        ("podman build --no-cache .", f"podman build --no-cache {F} ."),
        ("sudo docker build . && docker push x", f"sudo docker build {F} . && docker push x"),
        ("cd b && docker build ..", "cd b && docker build -f ../" + F[3:] + " .."),
        ("docker build $PWD", f"docker build {F} $PWD"),
    ],
)
def test_the_option_comes_before_the_context(line: str, becomes: str) -> None:
    assert followed("run.sh", f"{line}\n", MOVES, ["b/x.txt"]) == (f"{becomes}\n", [])


@pytest.mark.parametrize(
    "line",
    [
        "docker build -f Dockerfile.dev .",
        "docker build --file=Dockerfile.dev .",
        "docker build -t x - < other.txt",
        "docker build https://example.org/x.git",
        "docker build b",
        "docker run x build .",
        "docker compose build etl",
        "docker-compose build a",
        "docker compose build a",
        "echo docker build .",
    ],
)
def test_other_commands_stay(line: str) -> None:
    text, about = followed("run.sh", f"{line}\n", MOVES, ["Dockerfile.dev", "b/x.txt", "other.txt"])
    assert (text, about) == (f"{line}\n", [])


def test_a_folder_that_moves_with_its_dockerfile() -> None:
    text = "docker build -t a a\n"
    assert followed("run.sh", text, {"a/Dockerfile": "b/Dockerfile"}) == (
        "docker build -t a b\n",
        [],
    )


def test_a_context_that_cannot_be_told_is_reported() -> None:
    text, about = followed("run.sh", 'docker build "$WHERE"\n', MOVES)
    assert text == 'docker build "$WHERE"\n'
    assert about == ['1: "$WHERE" names Dockerfile, if it is built from the root']


def test_a_script_that_moves_counts_from_where_it_enters() -> None:
    text = '#!/bin/sh\ncd "$(dirname "$0")/.."\ndocker build .\n'
    moves = {**MOVES, "ops/run.sh": "infrastructure/deployment/run.sh"}
    tree = Tree.of({**dict.fromkeys(moves, ""), "ops/run.sh": text})
    assert [r.path for r in read_references("ops/run.sh", tree)] == ["", "Dockerfile"]


def test_arguments_in_a_list() -> None:
    text = 'steps:\n- name: gcr.io/cloud-builders/docker\n  args: ["build", "-t", "x", "."]\n'
    new, about = followed("cloudbuild.yaml", text, MOVES)
    assert '"x", "-f", "infrastructure/docker/etl/Dockerfile", "."]' in new
    assert not about


def test_a_makefile_and_a_document() -> None:
    made, _ = followed("Makefile", "image:\n\tdocker build \\\n\t  -t x \\\n\t  .\n", MOVES)
    assert made == f"image:\n\tdocker build \\\n\t  -t x \\\n\t  {F} .\n"
    told, _ = followed("README.md", "Run `docker build .` first.\n", MOVES)
    assert told == f"Run `docker build {F} .` first.\n"


@pytest.mark.parametrize(
    "text", ["docker build", "docker build -t", "docker build -f", "docker", '"']
)
def test_commands_that_are_cut_off(text: str) -> None:
    assert followed("run.sh", text, MOVES)[0] == text
