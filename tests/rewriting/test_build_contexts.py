from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.rewriting.build_contexts import contexts_after
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

COMPOSE = "services:\n  app:\n    build: ./app\n"
MOVES = {
    "app/Dockerfile": "platform/app/Dockerfile",
    "app/run.sh": "platform/app/run.sh",
    "app/flows.py": "pipelines/x/flows.py",
}


def contexts(dockerfile: str, moves: dict[str, str], compose: str = COMPOSE) -> dict[str, str]:
    files = {**dict.fromkeys(moves, ""), "docker-compose.yml": compose}
    tree = Tree.of({**files, "app/Dockerfile": dockerfile})
    destination = Destination(tree, moves, (Home("pipelines"),))
    return contexts_after(take_inventory(tree), destination)


def test_the_dockerfile_takes_the_context_along() -> None:
    assert contexts("FROM alpine\n", MOVES) == {"app": "platform/app"}
    assert contexts("FROM alpine\nCOPY run.sh /run.sh\n", MOVES) == {"app": "platform/app"}


def test_what_is_copied_has_to_be_there() -> None:
    assert contexts("FROM alpine\nCOPY flows.py /flows.py\n", MOVES) == {}
    assert contexts("FROM alpine\nCOPY . /app\n", MOVES) == {}


def test_dead_code_and_documents_are_not_missed() -> None:
    moves = {
        **MOVES,
        "app/flows.py": "__legacy/app/flows.py",
        "app/README.md": "docs/app/README.md",
    }
    assert contexts("FROM alpine\nCOPY . /app\n", moves) == {"app": "platform/app"}


def test_a_context_that_moved_whole_needs_nothing() -> None:
    moves = {old: f"platform/{old}" for old in MOVES}
    assert contexts("FROM alpine\nCOPY . /app\n", moves) == {}


def test_a_dockerfile_of_another_folder_does_not_take_it() -> None:
    compose = "services:\n  app:\n    build: {context: ./app, dockerfile: ../Dockerfile}\n"
    assert contexts("FROM alpine\n", MOVES, compose) == {}
