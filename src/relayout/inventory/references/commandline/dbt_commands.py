"""The dbt project that a command is about: the one it names, or that of the folder it runs in.

https://docs.getdbt.com/reference/dbt-jinja-functions-context-variables and
https://docs.getdbt.com/reference/global-configs/about-global-configs: dbt looks for
``dbt_project.yml`` and for ``profiles.yml`` in the folder that it is started in, if nothing else is
said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import join

from relayout.inventory.references.commandline.surroundings import Surroundings, unquoted
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.reference import Form, Reference, named_from

_COMMANDS = frozenset(
    {"build", "run", "test", "seed", "snapshot", "parse", "compile", "deps", "ls", "list", "debug"}
    | {"clean", "run-operation", "show", "retry", "clone", "docs", "source"}
)
_GROUPS = frozenset({"docs", "source"})
"""Commands that are followed by another one."""
_FILES = {"--project-dir": "dbt_project.yml", "--profiles-dir": "profiles.yml"}
_SET = {"--project-dir": "DBT_PROJECT_DIR", "--profiles-dir": "DBT_PROFILES_DIR"}

_DOUBT = "which dbt looks for where it is started, and what the image has there cannot be told"


@dataclass(frozen=True, slots=True)
class _Said:
    """An option, and the word that says a folder."""

    option: Word
    value: Word


def of_dbt(words: list[Word], around: Surroundings, between: str) -> Iterator[Reference]:
    """Yield the files of the project that a command is about; ``between`` stands between words."""
    command = _command(words)
    if command is None or around.base is None:
        return
    said = _options(words)
    in_container = around.inside is not None
    for option, file in _FILES.items():
        if option in said and not in_container:
            yield from _named(said[option], command, file, around)
    if "--project-dir" in said or _is_set("--project-dir", around):
        return
    file = join(around.base.folder, _FILES["--project-dir"])
    beside = join(around.base.folder, _FILES["--profiles-dir"])
    if file in around.scene.tree:
        has_own = "--profiles-dir" in said or _is_set("--profiles-dir", around)
        others = () if has_own or beside not in around.scene.tree else (beside,)
        place = _held(command, file, around)
        doubt = _DOUBT if in_container else ""
        yield replace(place, form=Form.PROJECT, others=others, between=between, doubt=doubt)


def _command(words: list[Word]) -> Word | None:
    for position, word in enumerate(words):
        if word.text in _COMMANDS:
            after = words[position + 1 : position + 2]
            return after[0] if word.text in _GROUPS and after else word
    return None


def _options(words: list[Word]) -> dict[str, _Said]:
    """Return the folders that options say, by option."""
    found: dict[str, _Said] = {}
    for position, word in enumerate(words):
        option, sign, value = word.text.partition("=")
        if option not in _FILES:
            continue
        if sign:
            inner = unquoted(Word(word.end - len(value), word.end, value))
            found[option] = _Said(Word(word.start, word.start + len(option), option), inner)
        elif position + 1 < len(words):
            found[option] = _Said(word, unquoted(words[position + 1]))
    return found


def _is_set(option: str, around: Surroundings) -> bool:
    return bool(around.scene.told(f"${_SET[option]}"))


def _named(said: _Said, command: Word, file: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the file in the folder that an option says; the folder itself is named by its word."""
    assert around.base is not None
    folder = named_from(around.base.folder, said.value.text) if said.value.text else None
    if folder is None or said.value.text[0] in "/~$" or join(folder, file) not in around.scene.tree:
        return
    if folder == around.base.folder:
        named = _held(said.value, join(folder, file), around)
        yield replace(named, form=Form.FOLDER, folder_only=True)
    else:
        holder = command if file == _FILES["--project-dir"] else said.option
        yield _held(holder, join(folder, file), around)


def _held(word: Word, path: str, around: Surroundings) -> Reference:
    assert around.base is not None
    text = word.text
    return Reference(word.start, word.end, text, path, around.kind, around.base, form=Form.HELD)
