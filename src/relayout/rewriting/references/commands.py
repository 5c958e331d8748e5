"""Commands that name files: what is run, where it is run, and the paths that it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import basename, dirname

from relayout.rewriting.references.inner_commands import commands_of_text, text_that_runs
from relayout.rewriting.references.program_arguments import arguments_of
from relayout.rewriting.references.reference import Base, Form, Reference, named_module
from relayout.rewriting.references.surroundings import (
    Surroundings,
    absolute,
    held_file,
    is_of_file,
    unquoted,
    word_paths,
)
from relayout.rewriting.references.words import Command, Word

_PYTHON = re.compile(
    r"(?:python[\d.]*w?|py|pypy3?|\$[({]?\w*(?:python|py)\w*(?::-python[\d.]*)?[)}]?"
    r"|%\w*(?:python|py)\w*%)(?:\.exe)?$",
    re.IGNORECASE,
)
_TAKES_VALUE = frozenset({"-X", "-W", "--check-hash-based-pycs"})
_MODULE_RUNNERS = frozenset({"coverage", "debugpy", "cProfile", "pdb", "trace"})
_RUNNER_TAKES = frozenset(
    {"-o", "--outfile", "-s", "--sort", "--rcfile", "--source", "--listen", "--data-file"}
    | {"--omit", "--include", "--log-to"}
)
_HOLD_MODULES = re.compile(r"(?:\w*_)?(?:APP|MODULE)$")
"""Variables such as ``FLASK_APP`` and ``DJANGO_SETTINGS_MODULE``."""
_SERVERS = frozenset({"gunicorn", "uvicorn", "celery", "hypercorn", "dagster", "flask", "rq"})
_RUNNERS = {
    "poetry": "run", "uv": "run", "pipenv": "run", "hatch": "run", "pdm": "run", "rye": "run",
    "conda": "run", "dotenv": "run",
}  # fmt: skip
_WRAPPERS = frozenset(
    {"env", "exec", "time", "nohup", "sudo", "command", "then", "do", "else", "if", "while", "elif"}
    | {"!", "{", "call", "start", "&", "xvfb-run", "cross-env", "until", "eval", "builtin", "shell"}
)
_ENTERS = frozenset({"cd", "pushd", "chdir", "set-location", "push-location", "sl"})
_LEAVES = frozenset({"popd", "pop-location"})
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
_PRINTS = frozenset({"echo", "printf", "print", "write-host", "write-output", "export-env"})
_ELSEWHERE = frozenset(
    {"docker", "podman", "nerdctl", "docker-compose", "ssh", "kubectl", "oc", "heroku", "vagrant"}
    | {"pip", "pip3", "apt", "apt-get", "apk", "yum", "dnf", "brew", "conda", "mamba", "which"}
)
"""Programs after which ``python`` is no program that runs here."""
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
    | {"sqlfluff", "yamllint", "shellcheck", "hadolint", "ln", "touch", "copy-item", "remove-item"}
    | {"move-item", "copy", "xcopy", "robocopy", "del", "rd", "type", "terraform", "spark-submit"}
    | {"get-content", "get-childitem", "test-path", "new-item", "scp", "head", "tail", "wc", "diff"}
    | {"set-content", "add-content", "out-file", "import-module", "source"}
)
"""Programs that are given files and folders by name: a bare word may be one."""
_ASSIGNMENT = re.compile(r"(?P<name>(?:\$env:)?[A-Za-z_]\w*)\s*\+?=(?P<value>.*)", re.DOTALL)
_NAMES_A_PLACE = re.compile(r"DIR|PATH|FOLDER|FILE|ROOT|HOME|SRC|SOURCE|SCRIPT|BASE", re.IGNORECASE)
_MODULE = re.compile(r"[A-Za-z_][\w.]*$")
_USED = re.compile(r"\"?(?:\$?\$[({]?|%)(?:env:)?(?P<name>[A-Za-z_]\w*)[)}%]?\"?(?P<slash>[\\/])?")
_LIST_BEGINS = re.compile(r"(?:DIR|PATH|FOLDER|FILE|SCRIPT|SOURCE|TEST|SQL)\w*\+?=$", re.IGNORECASE)


def references_in(
    commands: Iterable[Command], around: Surroundings, each_anew: bool = False
) -> Iterator[Reference]:
    """Yield what commands name, in order; ``cd`` and assignments hold for those that follow.

    With ``each_anew``, a line begins where the first one began, as in the recipes of make.
    """
    start = around
    stack: list[Surroundings] = []
    pushed: list[Surroundings] = []
    listed = False
    opens = ""
    for command in commands:
        if not command.words:
            if command.end == "(":
                listed = bool(_LIST_BEGINS.search(opens))
                stack.append(around)
            else:
                around, listed = (stack.pop() if stack else around), False
            opens = ""
            continue
        name = _name(command.words[0])
        opens = command.words[-1].text
        if listed:
            yield from _listed(command.words, around)
            continue
        if name == "pushd":
            pushed.append(around)
        found, around = _of_command(command.words, around)
        yield from found
        if name in _LEAVES and pushed:
            around = replace(around, base=pushed[-1].base, scene=pushed.pop().scene)
        if each_anew and command.end in ("\n", ""):
            around, stack, pushed = start, [], []


def used_as_paths(commands: Iterable[Command]) -> frozenset[str]:
    """Return the variables that commands use as paths: before a slash, or where one is wanted."""
    found: set[str] = set()
    for command in commands:
        words = [word for word in _without_wrappers(command.words) if not word.redirects]
        name = _name(words[0]) if words else ""
        wants = name in _TAKES_FOLDERS or name in _ENTERS or bool(_PYTHON.match(name))
        for word in command.words:
            match = _USED.match(word.text)
            if match and (match["slash"] or (wants and match.end() == len(word.text))):
                found.add(match["name"])
    return frozenset(found)


def _name(word: Word) -> str:
    """Return the name of a program or built-in, without its folder and ending."""
    bare = unquoted(word).text.lstrip("@-+") or word.text
    return basename(bare.replace("\\", "/")).removesuffix(".exe").lower()


def _listed(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the items of an array of the shell that are paths."""
    for word in words:
        yield from word_paths(word, around, plain=True)


def _of_command(words: list[Word], around: Surroundings) -> tuple[list[Reference], Surroundings]:
    """Return what one command names, and the surroundings after it."""
    found = [r for w in words if w.redirects for r in word_paths(w, around, plain=True)]
    words = _without_wrappers([word for word in words if not word.redirects])
    while words and (match := _assigned(words[0])):
        reference, own = _assign(words[0], match, around)
        found += reference
        words = _without_wrappers(words[1:])
        around = own if not words else around
    if not words:
        return found, around
    name = _name(words[0])
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
    if name in _LEAVES:
        return found, around.entered(None)
    for inner in text_that_runs(name, words):
        found += references_in(commands_of_text(inner), around)
        words = [word for word in words if word is not inner]
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
    """Return what a variable is set to names, and the surroundings in which it is known."""
    name, value = match["name"].removeprefix("$env:"), match["value"]
    if name == "PYTHONPATH":
        return [], around
    inner = unquoted(Word(word.start + match.start("value"), word.end, value))
    found = list(_held(name, inner, around))
    told = absolute(inner.text, around)
    scene = around.scene.with_variables({name: told or around.scene.told(inner.text)})
    own = replace(around, scene=scene)
    if is_of_file(inner.text, around) and told is not None:
        folders = scene.mounts.within(told)
        if folders and folders[0] == dirname(around.file):
            own = replace(own, of_file=own.of_file | {name})
    return found, own


def _held(name: str, value: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield what the value of a variable names: one path, several, or those of a command."""
    names_place = bool(_NAMES_A_PLACE.search(name)) or name in around.places
    if re.search(r"\s", value.text) and not value.text.startswith(("$(", "`")):
        commands = list(commands_of_text(value))
        if names_place:
            for word in (word for command in commands for word in command.words):
                yield from word_paths(word, around, plain=True)
        else:
            yield from references_in(commands, around)
    elif ":" in value.text and _HOLD_MODULES.match(name):
        yield from _module(value, around)
    else:
        if _HOLD_MODULES.match(name) and "." in value.text:
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
    if name == "coverage" and any(word.text == "run" for word in words[1:2]):
        yield from _of_runner(words[2:], around)
        return
    first = words[0]
    skipped = len(first.text) - len(first.text.lstrip("@-+"))
    if skipped:
        first = Word(first.start + skipped, first.end, first.text[skipped:], first.quote)
    yield from word_paths(first, around, plain=False)
    yield from _arguments(name, words[1:], around)


def _arguments(name: str, words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield the paths that a program is given, and what the Python that it starts runs."""
    python = next((i for i, w in enumerate(words) if _PYTHON.match(_name(w))), len(words))
    if _ELSEWHERE.intersection((name, *map(_name, words[:python]))):
        python = len(words)
    for argument in arguments_of(name, words[:python], plain=name in _TAKES_FOLDERS):
        word = argument.word
        if argument.enters:
            entered, around = _enter([word], around)
            yield from entered
            continue
        if argument.is_module:
            yield from _module(word, around)
        for found in word_paths(word, around, plain=argument.plain and not argument.is_module):
            is_word = (found.start, found.end) == (word.start, word.end)
            is_one_of_many = name in _TAKES_MANY and is_word
            yield replace(found, between=_between(word, around)) if is_one_of_many else found
    yield from _of_python(words[python + 1 :], around)


def _between(word: Word, around: Surroundings) -> str:
    """Return what stands between a word and another one that is written like it."""
    return f"{word.quote} {word.quote}" if around.between == " " else around.between


def _of_python(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    rest = list(words)
    while rest and rest[0].text.startswith("-") and rest[0].text[:2] not in ("-m", "-c", "-"):
        rest = rest[2 if rest[0].text in _TAKES_VALUE else 1 :]
    if not rest or rest[0].text in ("-c", "-"):
        return
    first = rest[0]
    if first.text.startswith("-m") and len(first.text) > 2:
        rest = [first, Word(first.start + 2, first.end, first.text[2:]), *rest[1:]]
    elif first.text != "-m":
        yield from _script(first, around)
        for word in rest[1:]:
            yield from word_paths(word, around, plain=False)
        return
    if len(rest) > 1:
        name = rest[1].text
        if name in _MODULE_RUNNERS:
            yield from _of_runner(rest[2:], around)
        elif name in _SERVERS:
            yield from _of_server(rest[2:], around)
        else:
            yield from _module(rest[1], around)
            yield from _arguments(name, rest[2:], around)


def _of_runner(words: list[Word], around: Surroundings) -> Iterator[Reference]:
    """Yield what a program runs that runs another one in Python, such as coverage."""
    rest = [word for word in words if word.text != "run"]
    while rest and rest[0].text.startswith("-") and not rest[0].text.startswith("-m"):
        takes = rest[0].text in _RUNNER_TAKES
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
            yield replace(found, form=Form.SCRIPT, between=_between(word, around))
        else:
            yield found


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
