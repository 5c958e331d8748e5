"""Commands that name files: what is run, where it is run, and the paths that it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename, dirname

from relayout.inventory.references.reference import Base, Form, Reference, named_module
from relayout.inventory.references.surroundings import (
    Surroundings,
    is_of_file,
    unquoted,
    word_paths,
)
from relayout.inventory.references.words import Command, Word

_PYTHON = re.compile(r"(?:python[\d.]*|py|pypy3?|\$[({]?(?:PYTHON|PY)\w*[)}]?)(?:\.exe)?$")
_TAKES_VALUE = frozenset({"-X", "-W", "--check-hash-based-pycs"})
_MODULE_RUNNERS = frozenset({"coverage", "debugpy", "cProfile", "pdb", "trace"})
_SERVERS = frozenset({"gunicorn", "uvicorn", "celery", "hypercorn", "dagster", "flask", "rq"})
_RUNNERS = {
    "poetry": "run", "uv": "run", "pipenv": "run", "hatch": "run", "pdm": "run", "rye": "run",
    "conda": "run", "dotenv": "run",
}  # fmt: skip
_WRAPPERS = frozenset(
    {"env", "exec", "time", "nohup", "sudo", "command", "then", "do", "else", "if", "while", "elif"}
    | {"!", "{", "call", "start", "&", "xvfb-run", "cross-env"}
)
_ENTERS = frozenset({"cd", "pushd", "chdir", "Set-Location", "Push-Location", "sl"})
_SETS = frozenset({"export", "declare", "typeset", "local", "readonly", "set", "setx"})
_TAKES_MANY = frozenset(
    {
        "ls",
        "rm",
        "cat",
        "find",
        "du",
        "pytest",
        "py.test",
        "ruff",
        "black",
        "mypy",
        "flake8",
        "isort",
    }
    | {"pylint", "bandit", "pyright", "vulture", "autoflake", "interrogate", "sqlfluff", "yamllint"}
)
"""Programs that do the same to each of many files and folders."""
_PRINTS = frozenset({"echo", "printf", "print", "Write-Host", "Write-Output", "export-env"})
_TAKES_FOLDERS = frozenset(
    {
        "ls",
        "cp",
        "mv",
        "rm",
        "mkdir",
        "rmdir",
        "rsync",
        "tar",
        "zip",
        "chmod",
        "chown",
        "find",
        "du",
    }
    | {"cat", "source", ".", "bash", "sh", "zsh", "pwsh", "pytest", "py.test", "ruff", "black"}
    | {
        "mypy",
        "flake8",
        "isort",
        "pylint",
        "bandit",
        "pyright",
        "vulture",
        "autoflake",
        "interrogate",
    }
    | {"sqlfluff", "yamllint", "shellcheck", "hadolint", "ln", "touch", "Copy-Item", "Remove-Item"}
    | {"Move-Item", "copy", "xcopy", "robocopy", "del", "rd", "type", "terraform", "spark-submit"}
)
"""Programs that are given files and folders by name: a bare word may be one."""
_TAKE_WORDS = {
    **dict.fromkeys(("pytest", "py.test"), frozenset({"-k", "-m", "-n", "-W", "-o", "-p"})),
    "mypy": frozenset({"-m", "-p", "--module", "--package"}),
    "isort": frozenset({"-p", "-o", "-t", "--project"}),
    "find": frozenset({"-name", "-iname", "-type", "-regex"}),
}
"""Options of those programs that a word follows which is no path."""
_ASSIGNMENT = re.compile(r"(?P<name>(?:\$env:)?[A-Za-z_]\w*)\s*\+?=(?P<value>.*)", re.DOTALL)
_NAMES_A_PLACE = re.compile(r"DIR|PATH|FOLDER|FILE|ROOT|HOME|SRC|SOURCE|SCRIPT|BASE", re.IGNORECASE)
_MODULE = re.compile(r"[A-Za-z_][\w.]*$")


def references_in(
    commands: Iterable[Command], around: Surroundings, each_anew: bool = False
) -> Iterator[Reference]:
    """Yield what commands name, in order; ``cd`` and assignments hold for those that follow.

    With ``each_anew``, a line begins where the first one began, as in the recipes of make.
    """
    start = around
    stack: list[Surroundings] = []
    for command in commands:
        if command.end == "(" and not command.words:
            stack.append(around)
            continue
        if command.end == ")" and not command.words:
            around = stack.pop() if stack else around
            continue
        found, around = _of_command(command.words, around)
        yield from found
        if each_anew and command.end in ("\n", ""):
            around, stack = start, []


def _of_command(words: list[Word], around: Surroundings) -> tuple[list[Reference], Surroundings]:
    """Return what one command names, and the surroundings after it."""
    words = _without_wrappers(words)
    found: list[Reference] = []
    while words and (match := _assigned(words[0])):
        reference, own = _assign(words[0], match, around)
        found += reference
        words = _without_wrappers(words[1:])
        around = own if not words else around
    if not words:
        return found, around
    name = basename(words[0].text.lstrip("@-+").replace("\\", "/")).removesuffix(".exe")
    if name in _ENTERS:
        entered, around = _enter(words[1:], around)
        return found + entered, around
    if name in _SETS:
        for word in words[1:]:
            match = _assigned(word)
            if match:
                reference, around = _assign(word, match, around)
                found += reference
        return found, around
    if name == "popd":
        return found, around.entered(None)
    return found + list(_of_program(name, words, around)), around


def _without_wrappers(words: list[Word]) -> list[Word]:
    rest = list(words)
    while rest:
        name = basename(rest[0].text.lstrip("@-+") or rest[0].text)
        if name in _WRAPPERS or rest[0].text in ("@", "-", "+"):
            rest = rest[1:]
        elif name in _RUNNERS and len(rest) > 1 and rest[1].text == _RUNNERS[name]:
            rest = rest[2:]
            while rest and rest[0].text.startswith("-"):
                takes = rest[0].text in (
                    "--with",
                    "--python",
                    "-p",
                    "-n",
                    "--group",
                    "--extra",
                    "-f",
                )
                rest = rest[2 if takes else 1 :]
        else:
            break
    return rest


def _assigned(word: Word) -> re.Match[str] | None:
    return _ASSIGNMENT.fullmatch(word.text)


def _assign(
    word: Word, match: re.Match[str], around: Surroundings
) -> tuple[list[Reference], Surroundings]:
    """Return the path that a variable is set to, and the surroundings in which it is known."""
    name, value = match["name"].removeprefix("$env:"), match["value"]
    if name == "PYTHONPATH":
        return [], around
    start = word.start + match.start("value")
    inner = unquoted(Word(start, word.end, value))
    names_place = bool(_NAMES_A_PLACE.search(name))
    found = list(word_paths(inner, around, plain=names_place))
    told = around.scene.absolute(inner.text)
    scene = around.scene.with_variables({name: told or around.scene.told(inner.text)})
    own = replace(around, scene=scene)
    if is_of_file(inner.text, around) and told is not None:
        folders = scene.mounts.within(told)
        if folders and folders[0] == dirname(around.file):
            own = replace(own, of_file=own.of_file | {name})
    return found, own


def _enter(words: list[Word], around: Surroundings) -> tuple[list[Reference], Surroundings]:
    targets = [w for w in words if w.text not in ("--", "/d", "/D", "-P", "-Path", "-LiteralPath")]
    if not targets:
        return [], around.entered(None)
    found = list(word_paths(targets[0], around, plain=True))
    entered = around.entered(around.scene.absolute(targets[0].text))
    folder = dirname(around.file)
    if entered.base == Base(folder) and is_of_file(targets[0].text, around):
        entered = replace(entered, base=Base(folder, of_file=True))
    return found, entered


def _of_program(name: str, words: list[Word], around: Surroundings) -> Iterator[Reference]:
    if name in _PRINTS:
        return
    if _PYTHON.match(name):
        yield from _of_python(words[1:], around)
        return
    if name in _SERVERS:
        yield from _of_server(words[1:], around)
        return
    first = replace(words[0], text=words[0].text)
    skipped = len(first.text) - len(first.text.lstrip("@-+"))
    if skipped:
        first = Word(first.start + skipped, first.end, first.text[skipped:], first.quote)
    yield from word_paths(first, around, plain=False)
    yield from _arguments(name, words[1:], around)


def _arguments(name: str, words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the paths that a program is given."""
    no_paths = _TAKE_WORDS.get(name, frozenset())
    before = ""
    for word in words:
        before, last = word.text, before
        if last in no_paths:
            continue
        for found in word_paths(word, around, plain=name in _TAKES_FOLDERS):
            is_word = (found.start, found.end) == (word.start, word.end)
            is_one_of_many = name in _TAKES_MANY and is_word
            yield replace(found, between=_between(word, around)) if is_one_of_many else found


def _between(word: Word, around: Surroundings) -> str:
    """Return what stands between a word and another one that is written like it."""
    return f"{word.quote} {word.quote}" if around.between == " " else around.between


def _of_python(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    rest = list(words)
    while rest and rest[0].text.startswith("-") and rest[0].text not in ("-m", "-c", "-"):
        rest = rest[2 if rest[0].text in _TAKES_VALUE else 1 :]
    if not rest or rest[0].text in ("-c", "-"):
        return
    if rest[0].text != "-m":
        yield from _script(rest[0], around)
        rest = rest[1:]
    elif len(rest) > 1:
        name = rest[1].text
        if name in _MODULE_RUNNERS:
            inner = [w for w in rest[2:] if w.text != "run"]
            yield from _of_python(inner, around)
            return
        if name in _SERVERS:
            yield from _of_server(rest[2:], around)
            return
        yield from _module(rest[1], around)
        yield from _arguments(name, rest[2:], around)
        return
    for word in rest:
        yield from word_paths(word, around, plain=False)


def _script(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the file that Python runs; of a folder, it runs ``__main__.py``."""
    for found in word_paths(word, around, plain=True, whole=True):
        if found.form is Form.PATH:
            yield replace(found, form=Form.SCRIPT, between=_between(word, around))


def _module(word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the module that a dotted name leads to; what follows a colon is not its name."""
    text = word.text.partition(":")[0]
    if around.base is None or not _MODULE.match(text):
        return
    folder = around.base.folder
    found = named_module(folder, text, around.scene.tree)
    if found is not None:
        end = word.start + len(text)
        yield Reference(word.start, end, text, found, around.kind, around.base, form=Form.MODULE)


def _of_server(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the modules and files that a server or worker is told to load."""
    for position, word in enumerate(words):
        before = words[position - 1].text if position else ""
        if before in ("--chdir", "--app-dir", "-d", "--working-directory"):
            entered, around = _enter([word], around)
            yield from entered
    for word in words:
        if word.text.startswith("-"):
            continue
        if ":" in word.text or ("." in word.text.strip("./") and "/" not in word.text):
            yield from _module(word, around)
        yield from word_paths(word, around, plain=False)
