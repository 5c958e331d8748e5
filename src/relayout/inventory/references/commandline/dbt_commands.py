"""The dbt project that a command is about: the one it names, or that of the folder it runs in.

https://docs.getdbt.com/reference/dbt-jinja-functions-context-variables and
https://docs.getdbt.com/reference/global-configs/about-global-configs: dbt looks for
``dbt_project.yml`` and for ``profiles.yml`` in the folder that it is started in, if nothing else is
said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from posixpath import join

from relayout.inventory.references.commandline.surroundings import Surroundings, absolute, unquoted
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


def of_dbt(words: list[Word], around: Surroundings, between: str) -> Iterator[Reference]:
    """Yield the files of the project that a command is about; ``between`` stands between words."""
    command = _command(words)
    if command is None or around.base is None:
        return
    said = _options(words)
    in_container = around.inside is not None
    for option, file in _FILES.items():
        if option in said and not in_container:
            yield from _named(said[option], file, around)
    if "--project-dir" in said or _is_set("--project-dir", around):
        return
    file = join(around.base.folder, _FILES["--project-dir"])
    beside = join(around.base.folder, _FILES["--profiles-dir"])
    if file in around.scene.tree:
        has_own = "--profiles-dir" in said or _is_set("--profiles-dir", around)
        others = () if has_own or beside not in around.scene.tree else (beside,)
        place = _reference(command, file, around)
        doubt = _DOUBT if in_container else ""
        yield replace(place, form=Form.PROJECT, others=others, between=between, doubt=doubt)


def _command(words: list[Word]) -> Word | None:
    for position, word in enumerate(words):
        if word.text in _COMMANDS:
            after = words[position + 1 : position + 2]
            return after[0] if word.text in _GROUPS and after else word
    return None


def _options(words: list[Word]) -> dict[str, Word]:
    """Return the words that say a folder, by option."""
    found: dict[str, Word] = {}
    for position, word in enumerate(words):
        option, sign, value = word.text.partition("=")
        if option not in _FILES:
            continue
        if sign:
            found[option] = unquoted(Word(word.end - len(value), word.end, value))
        elif position + 1 < len(words):
            found[option] = unquoted(words[position + 1])
    return found


def _is_set(option: str, around: Surroundings) -> bool:
    """Tell whether a variable says another folder than the one that a command runs in."""
    variable = f"${_SET[option]}"
    if not around.scene.told(variable):
        return False
    said = absolute(variable, around)
    folders = around.scene.mounts.within(said) if said is not None else []
    return around.base is None or around.base.folder not in folders[:1]


def _named(said: Word, file: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the folder that an option says, for the file that dbt looks for in it."""
    assert around.base is not None
    text = said.text
    folder = named_from(around.base.folder, text) if text and text[0] not in "/~$%{" else None
    if folder is not None and join(folder, file) in around.scene.tree:
        named = _reference(said, join(folder, file), around)
        yield replace(named, form=Form.FOLDER, folder_only=True)


def _reference(word: Word, path: str, around: Surroundings) -> Reference:
    assert around.base is not None
    return Reference(word.start, word.end, word.text, path, around.kind, around.base)
