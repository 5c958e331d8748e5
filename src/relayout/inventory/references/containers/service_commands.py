"""Commands that run in a service of a compose file: ``docker compose exec SERVICE COMMAND``.

https://docs.docker.com/reference/cli/docker/compose/ has the options. Which service is meant is
told by the file after ``-f``, else by the compose files of the folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from posixpath import dirname

from relayout.inventory.configured_paths.compose import is_compose
from relayout.inventory.references.commandline.programs import name_of
from relayout.inventory.references.commandline.surroundings import Surroundings, told
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.containers.compose_services import Service, services_in
from relayout.inventory.references.reference import named_from
from relayout.inventory.references.spans.yaml_spans import documents_of

_FILE = frozenset({"-f", "--file"})
_TAKES_VALUE = frozenset(
    {"-p", "--project-name", "--project-directory", "--profile", "--env-file", "--ansi", "-e"}
    | {"--env", "-u", "--user", "-w", "--workdir", "--name", "--index", "-v", "--volume"}
    | {"--publish", "-l", "--label", "--progress", "--parallel", *_FILE}
)
_FOLDER = frozenset({"-w", "--workdir"})
_CHANGES_WHAT_RUNS = ("--entrypoint", "-v", "--volume")


@dataclass(frozen=True, slots=True)
class InService:
    """The words before the command, those of the command, and what surrounds it."""

    outside: list[Word]
    command: list[Word]
    around: Surroundings


def in_service(words: list[Word], around: Surroundings) -> InService | None:
    """Return what a command runs in a service of the repository; None if it cannot be told."""
    whole = _spelled_out(words, around)
    names = [word.text for word in whole]
    if names[:2] == ["docker", "compose"]:
        start = 2
    elif name_of(whole[0]) == "docker-compose":
        start = 1
    else:
        return None
    verb = _next_name(names, start)
    service = _next_name(names, verb + 1)
    if names[verb : verb + 1] not in (["exec"], ["run"]) or service + 1 >= len(names):
        return None
    options = names[verb + 1 : service]
    if any(option.startswith(_CHANGES_WHAT_RUNS) for option in options):
        return None
    said = _service(names[start:verb], names[service], around)
    if said is None or (names[verb] == "run" and said.entrypoint):
        return None
    inside = replace(said.around, file=around.file, kind=around.kind, between=around.between)
    for option, value in pairwise(options):
        if option in _FOLDER:
            inside = inside.entered(inside.scene.absolute(value))
    command = whole[service + 1 :]
    return InService([word for word in words if word not in command], command, inside)


def _spelled_out(words: list[Word], around: Surroundings) -> list[Word]:
    """Return the words with those that a variable at the beginning stands for."""
    if words[0].text[:1] != "$":
        return words
    held = (told(words[0].text, around) or words[0].text).split()
    return [*(Word(0, 0, text) for text in held), *words[1:]]


def _next_name(names: list[str], start: int) -> int:
    """Return where the first word is from a position on that belongs to no option."""
    position = start
    while position < len(names) and names[position].startswith("-"):
        position += 2 if names[position] in _TAKES_VALUE else 1
    return position


def _service(options: list[str], name: str, around: Surroundings) -> Service | None:
    """Return the service of a name whose container has all of the repository."""
    tree = around.scene.tree
    if around.base is None:
        return None
    said = [value for o, value in pairwise(options) if o in _FILE]
    paths = [named_from(around.base.folder, text) for text in said] or [
        path for path in sorted(tree) if is_compose(path) and dirname(path) == around.base.folder
    ]
    found = []
    for path in paths:
        if path is not None and tree.is_regular(path):
            text = tree.read(path).decode("utf-8", errors="replace")
            for document in documents_of(text):
                found += [s for s in services_in(document, path, tree) if s.name == name]
    return found[0] if found and any(not one.path for one in found[0].copied) else None
