"""Commands that name files: what is run, where it is run, and the paths that it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from posixpath import dirname

from relayout.inventory.references.commandline.dbt_commands import of_dbt
from relayout.inventory.references.commandline.inner_commands import (
    commands_of_text,
    text_that_runs,
)
from relayout.inventory.references.commandline.powershell_paths import MAKES_PATHS, made_path
from relayout.inventory.references.commandline.program_arguments import arguments_of
from relayout.inventory.references.commandline.programs import (
    ARGUMENTS_FOLLOW,
    CHECKS_PYTHON,
    ELSEWHERE,
    ENTERS,
    HOLD_MODULES,
    LEAVES,
    MODULE_RUNNERS,
    PRINTS,
    PYTHON,
    RUNNER_TAKES,
    SERVERS,
    SETS,
    STARTS_IN,
    SUBMITS,
    TAKES_FOLDERS,
    TAKES_MANY,
    TAKES_VALUE,
    name_of,
    without_wrappers,
)
from relayout.inventory.references.commandline.surroundings import (
    Surroundings,
    absolute,
    held_file,
    is_of_file,
    told,
    unquoted,
    word_paths,
)
from relayout.inventory.references.commandline.variables import ASSIGNMENT, HOLDS_A_LIST, assigned
from relayout.inventory.references.commandline.words import Command, Word
from relayout.inventory.references.containers.image_builds import ENGINES, of_build
from relayout.inventory.references.containers.service_commands import in_service
from relayout.inventory.references.reference import Base, Form, Reference

NAMES_A_PLACE = re.compile(r"DIR|PATH|FOLDER|FILE|ROOT|HOME|SRC|SOURCE|SCRIPT|BASE", re.IGNORECASE)
_MODULE = re.compile(r"[A-Za-z_][\w.]*$")
_NAMES_MODULE = frozenset({"-m", "--module-name", "--package-name", "--app"})
"""Options of servers that are given a module; that of a package may be a bare word."""


def references_in(
    commands: Iterable[Command], around: Surroundings, each_anew: bool = False
) -> Iterator[Reference]:
    """Yield what commands name, in order; ``cd`` and assignments hold for those that follow.

    With ``each_anew``, a line begins where the first one began, as in the recipes of make.
    """
    start = around
    stack: list[Surroundings] = []
    pushed: list[Surroundings] = []
    is_list = False
    opens = ""
    for command in commands:
        if not command.words:
            if command.end == "(":
                is_list = bool(HOLDS_A_LIST.search(opens))
                stack.append(around)
                around = replace(around, aside=True)
            else:
                around, is_list = (stack.pop() if stack else around), False
            opens = ""
            continue
        name = name_of(command.words[0])
        opens = command.words[-1].text
        if is_list:
            yield from listed(command.words, around)
            continue
        if name in ("pushd", "push-location"):
            pushed.append(around)
        found, around = _of_command(command.words, around)
        yield from found
        if name in LEAVES and pushed:
            around = replace(around, base=pushed[-1].base, scene=pushed.pop().scene)
        if each_anew and command.end in ("\n", ""):
            around, stack, pushed = start, [], []


def names_a_place(variable: str, around: Surroundings) -> bool:
    """Tell whether a variable holds paths, by its name or by how it is used."""
    return bool(NAMES_A_PLACE.search(variable)) or variable in around.places


def listed(words: list[Word], around: Surroundings, plain: bool = True) -> Iterator[Reference]:
    """Yield the items of an array or a loop of the shell that are paths."""
    for word in words:
        for found in word_paths(word, around, plain=plain):
            is_word = (found.start, found.end) == (word.start, word.end)
            yield replace(found, between=_between(word, around)) if is_word else found


def _of_command(words: list[Word], around: Surroundings) -> tuple[list[Reference], Surroundings]:
    """Return what one command names, and the surroundings after it."""
    found = [r for w in words if w.redirects for r in word_paths(w, around, plain=True)]
    words = without_wrappers([word for word in words if not word.redirects])
    while words and (setting := assigned(words)):
        reference, own = _assign(setting, around)
        found += reference
        words = without_wrappers(words[1 if setting is words[0] else 3 :])
        around = own if not words else around
    if len(words) > 3 and words[0].text.startswith("$") and words[1].text == "=":
        return _assign_made(words, around)
    if not words:
        return found, around
    name = name_of(words[0])
    if name in ENTERS:
        entered, around = _enter(words[1:], around)
        return found + entered, around
    if name in SETS:
        for word in words[1:]:
            if ASSIGNMENT.fullmatch(word.text):
                reference, around = _assign(word, around)
                found += reference
        return found, around
    if name in LEAVES:
        return found, around.entered(None)
    for inner in text_that_runs(name, words):
        found += references_in(commands_of_text(inner), replace(around, between=" "))
        words = [word for word in words if word is not inner]
    return found + list(_of_program(name, words, around)), around


def _assign(word: Word, around: Surroundings) -> tuple[list[Reference], Surroundings]:
    """Return what a variable is set to names, and the surroundings in which it is known."""
    match = ASSIGNMENT.fullmatch(word.text)
    name, value = (match["name"], match["value"]) if match else ("", "")
    name = name.lstrip("$").rpartition(":")[2]
    if not value or name == "PYTHONPATH":
        return [], around
    blanks = len(value) - len(value.lstrip())
    inner = unquoted(Word(word.end - len(value) + blanks, word.end, value[blanks:]))
    return list(_held(name, inner, around)), _knowing(name, inner.text, around)


def _knowing(name: str, text: str, around: Surroundings, of_file: bool = False) -> Surroundings:
    """Return the surroundings in which a variable is known to hold a text."""
    own = replace(around, scene=around.scene.with_variables({name: told(text, around)}))
    path = absolute(text, around) if of_file or is_of_file(text, around) else None
    folders = around.scene.mounts.within(path) if path is not None else []
    if folders and folders[0] == dirname(around.file):
        own = replace(own, of_file=own.of_file | {name})
    return own


def _assign_made(words: list[Word], around: Surroundings) -> tuple[list[Reference], Surroundings]:
    """Return what a command of PowerShell names whose result a variable is set to."""
    variable = words[0].text.lstrip("$").rpartition(":")[2]
    name = name_of(words[2])
    if name not in MAKES_PATHS:
        found, _ = _of_command(words[2:], around)
        return found, replace(around, scene=around.scene.with_variables({variable: None}))
    made = made_path(name, words[3:], around)
    if made.value is None:
        return list(made.references), around
    return list(made.references), _knowing(variable, made.value, around, made.of_file)


def _held(name: str, value: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield what the value of a variable names: one path, several, or those of a command."""
    names_place = names_a_place(name, around)
    if re.search(r"\s", value.text) and not value.text.startswith(("$(", "`", "${")):
        commands = list(commands_of_text(value))
        if names_place:
            yield from listed([w for command in commands for w in command.words], around)
        else:
            yield from references_in(commands, around)
    elif ":" in value.text and HOLD_MODULES.match(name):
        yield from _module(value, around)
    else:
        if HOLD_MODULES.match(name) and "." in value.text:
            yield from _module(value, around)
        yield from word_paths(value, around, plain=names_place)


def _enter(words: list[Word], around: Surroundings) -> tuple[list[Reference], Surroundings]:
    targets = [
        w for w in words if w.text not in ("--", "/d", "/D", "-P", "-Path", "-LiteralPath", "/D:")
    ]
    if not targets:
        return [], around.entered(None)
    found = list(word_paths(targets[0], around, plain=True))
    entered = around.entered(absolute(targets[0].text, around))
    folder = dirname(around.file)
    if entered.base == Base(folder) and is_of_file(targets[0].text, around):
        if not folder and not found and not around.aside:
            return [_way_back(targets[0], around)], entered
        entered = replace(entered, base=Base(folder, of_file=True))
    return found, entered


def _way_back(word: Word, around: Surroundings) -> Reference:
    """Return the empty text behind a variable that leads to the root, where the file stands.

    A script that goes to the root goes there wherever it is: what it starts counts from there.
    """
    end = word.end - 1 if word.text[-1:] in "\"'" else word.end
    text = word.text[: end - word.start]
    stands_before = "\\" if text.endswith("%~dp0") else text[-1:]
    return Reference(
        end,
        end,
        "",
        "",
        around.kind,
        Base("", of_file=True),
        prefix=stands_before,
        form=Form.OWN,
        backslashes=stands_before == "\\",
    )


def _of_program(name: str, words: list[Word], around: Surroundings) -> Iterator[Reference]:
    if name in PRINTS:
        return
    inside = in_service(words, around)
    if inside is not None:
        yield from references_in([Command(inside.command)], inside.around)
        words = inside.outside
    if name in STARTS_IN:
        starts_in = [w for before, w in pairwise(words) if before.text.lower() in STARTS_IN[name]]
        _, around = _enter(starts_in, around) if starts_in else ([], around)
    if name in MAKES_PATHS:
        yield from made_path(name, words[1:], around).references
        return
    if name in ("for", "select") and len(words) > 3 and words[2].text == "in":
        yield from listed(words[3:], around, names_a_place(words[1].text, around))
        return
    if PYTHON.match(name) or _holds_python(words[0], around):
        yield from _of_python(words[1:], around)
        return
    if name in SERVERS:
        yield from _of_server(words[1:], around)
        return
    if name == "coverage" and any(word.text == "run" for word in words[1:2]):
        yield from _of_runner(words[2:], around)
        return
    if name == "dbt":
        yield from of_dbt(words[1:], around, _between(words[0], around))
    first = words[0]
    skipped = len(first.text) - len(first.text.lstrip("@-+"))
    if skipped:
        first = Word(first.start + skipped, first.end, first.text[skipped:], first.quote)
    for found in word_paths(first, around, plain=False):
        yield replace(found, runs=True)
    yield from _arguments(name, words[1:], around)


def _holds_python(word: Word, around: Surroundings) -> bool:
    """Tell whether a variable holds a command that starts Python, such as ``poetry run python``."""
    held = (told(word.text, around) or "").split() if word.text[:1] in ("$", "%") else []
    return bool(held) and bool(PYTHON.match(name_of(Word(0, 0, held[-1]))))


def _arguments(name: str, words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the paths that a program is given, and what the Python that it starts runs."""
    if name in ENGINES:
        yield from of_build(words, around)
    python = next((i for i, w in enumerate(words) if PYTHON.match(name_of(w))), len(words))
    if ELSEWHERE.intersection((name, *map(name_of, words[:python]))):
        python = len(words)
    for argument in arguments_of(name, words[:python], plain=name in TAKES_FOLDERS):
        word = argument.word
        if argument.enters:
            entered, around = _enter([word], around)
            yield from entered
            continue
        if argument.is_module:
            yield from _module(word, around)
        for found in word_paths(word, around, plain=argument.plain and not argument.is_module):
            is_word = (found.start, found.end) == (word.start, word.end)
            is_one_of_many = name in TAKES_MANY and is_word
            between = _between(word, around) if is_one_of_many else found.between
            only = ".py" if name in CHECKS_PYTHON else ""
            runs = found.runs or (name in SUBMITS and found.path.endswith(".py"))
            yield replace(found, between=between, only=only, runs=runs)
    yield from _of_python(words[python + 1 :], around)


def _between(word: Word, around: Surroundings) -> str:
    """Return what stands between a word and another one that is written like it."""
    return f"{word.quote} {word.quote}" if around.between == " " else around.between


def _of_python(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    rest = list(words)
    while rest and _is_option(rest[0]):
        rest = rest[2 if rest[0].text in TAKES_VALUE else 1 :]
    if len(rest) > 1 and rest[0].text.lower() in ARGUMENTS_FOLLOW:
        given = [word for command in commands_of_text(rest[1]) for word in command.words]
        rest = [*given, *rest[2:]]
    if not rest or rest[0].text in ("-c", "-"):
        return
    first = rest[0]
    if first.text.startswith("-m") and len(first.text) > 2:
        rest = [first, Word(first.start + 2, first.end, first.text[2:]), *rest[1:]]
    elif first.text != "-m":
        yield from _script(first, around)
        yield from _arguments("", rest[1:], around)
        return
    if len(rest) > 1:
        name = rest[1].text
        if name in MODULE_RUNNERS:
            yield from _of_runner(rest[2:], around)
        elif name in SERVERS:
            yield from _of_server(rest[2:], around)
        else:
            yield from _module(rest[1], around)
            yield from _arguments(name, rest[2:], around)


def _is_option(word: Word) -> bool:
    """Tell whether Python takes a word for an option that says nothing about what is run."""
    text = word.text
    is_option = text.startswith("-") and text[:2] not in ("-m", "-c", "-")
    return is_option and text.lower() not in ARGUMENTS_FOLLOW


def _of_runner(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield what a program runs that runs another one in Python, such as coverage."""
    rest = [word for word in words if word.text != "run"]
    while rest and rest[0].text.startswith("-") and not rest[0].text.startswith("-m"):
        takes = rest[0].text in RUNNER_TAKES
        yield from word_paths(rest[0], around, plain=False)
        rest = rest[2 if takes else 1 :]
    yield from _of_python(rest, around)


def _script(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the file that Python runs; of a folder, it runs ``__main__.py``."""
    yield from held_file(word, around)
    for found in word_paths(word, around, plain=True, whole=True):
        is_folder = found.path not in around.scene.tree
        if is_folder and f"{found.path}/__main__.py" not in around.scene.tree:
            yield from () if found.end == word.end else [found]
        elif found.form is Form.PATH and found.end == word.end:
            yield replace(found, form=Form.SCRIPT, between=_between(word, around), runs=True)
        else:
            yield found


def _module(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the module that a dotted name leads to; what follows a colon is not its name."""
    text = word.text.partition(":")[0]
    if around.base is None or not _MODULE.match(text):
        return
    found = around.module(text)
    if found is not None:
        end = word.start + len(text)
        place = Reference(word.start, end, text, found, around.kind, around.base)
        yield replace(place, form=Form.MODULE, runs=True)


def _of_server(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the modules and files that a server or worker is told to load."""
    for position, word in enumerate(words):
        before = words[position - 1].text if position else ""
        if before in ("--chdir", "--app-dir", "-d", "--working-directory"):
            entered, around = _enter([word], around)
            yield from entered
    before = ""
    for word in words:
        given = word
        if word.text.startswith("-"):
            before, sign, value = word.text.partition("=")
            if not sign or word.end - word.start != len(word.text):
                continue
            given = Word(word.end - len(value), word.end, value, word.quote)
        is_dotted = "." in given.text.strip("./") and "/" not in given.text
        if before in _NAMES_MODULE or ":" in given.text or is_dotted:
            yield from _module(given, around)
        yield from word_paths(given, around, plain=False)
        before = ""
