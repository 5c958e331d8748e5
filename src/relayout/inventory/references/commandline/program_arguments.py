"""Which words that a program is given may be paths: not patterns, names, targets or messages.

Each rule says in what the command line of one program differs from that of most: words that are
no paths, options that are followed by one, a folder that the rest counts from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from relayout.inventory.references.commandline.words import Word

_PATH_FOLLOWS = re.compile(r"--?[\w-]*(?:dir|path|file|folder|root|directory|cwd|input|output)$")
_NAME_FOLLOWS = re.compile(
    r"--(?:name|tag|user|profile|env|target|select|models?|schema|db|database|table|queue|topic"
    r"|group|message|host|class|conf|label|network|service|role|project|title|app|job)$"
)
_LIST_FOLLOWS = re.compile(r"--(?:extend-)?(?:exclude|ignore|omit|include|skip|source|py-files)$")
_TESTS_A_FILE = frozenset({"-d", "-f", "-e", "-r", "-w", "-x", "-s", "-L", "-h", "-ef", "-nt"})
_COMPARES = frozenset({"=", "==", "!=", "=~", "-eq", "-ne", "-like", "-match"})
_FINDS_BY = frozenset(
    {"-name", "-iname", "-regex", "-iregex", "-type", "-size", "-mtime", "-mmin", "-perm", "-user"}
    | {"-group", "-maxdepth", "-mindepth", "-printf", "-newermt"}
)
_DOCKER_FILE = frozenset({"-f", "--file", "--env-file", "--project-directory", "--cidfile"})
_DOCKER_TAKES = re.compile(r"-[a-zA-Z]*[vtpewunlmch]$|--[a-z-]+$")
_DOCKER_FLAGS = frozenset(
    {"-it", "-i", "-d", "-ti", "--rm", "--init", "--detach", "--interactive", "--tty", "--pull"}
    | {"--no-cache", "--privileged", "--build", "--quiet", "-q", "--push", "--load", "--tty"}
)
_GIT_TAKES_FILES = frozenset({"add", "rm", "mv", "restore", "stage", "ls-files", "clean", "blame"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that may be a path.

    ``plain`` says that it may be without a slash or an ending, ``enters`` that what follows counts
    from there, ``is_module`` that it is the dotted name of a module.
    """

    word: Word
    plain: bool = False
    enters: bool = False
    is_module: bool = False


def arguments_of(name: str, words: list[Word], plain: bool) -> Iterator[Argument]:
    """Yield the words given to a program that may be paths, in order."""
    rule = _RULES.get(name)
    yield from rule(words) if rule is not None else _of_most(words, plain)


def _of_most(words: Iterable[Word], plain: bool) -> Iterator[Argument]:
    before = ""
    for word in words:
        is_name = bool(_NAME_FOLLOWS.match(before))
        if before in ("-v", "--volume") and ":" in word.text:
            yield from _mounted(word)
        if "," in word.text and _LIST_FOLLOWS.match(before):
            yield from _items(word)
        yield Argument(word, not is_name and (plain or bool(_PATH_FOLLOWS.match(before))))
        before = word.text


def _without_values(words: Iterable[Word], options: frozenset[str]) -> Iterator[Word]:
    """Yield words without those that follow some options."""
    before = ""
    for word in words:
        if before not in options:
            yield word
        before = word.text


def _of_find(words: list[Word]) -> Iterator[Argument]:
    yield from _of_most(_without_values(words, _FINDS_BY), plain=True)


def _of_sorter(words: list[Word]) -> Iterator[Argument]:
    names = frozenset({"-p", "-o", "-t", "--project", "--thirdparty", "--profile"})
    yield from _of_most(_without_values(words, names), plain=True)


def _of_test(words: list[Word]) -> Iterator[Argument]:
    before = ""
    for word, after in zip_longest(words, words[1:]):
        compared = _COMPARES.intersection((before, after.text if after else ""))
        if not compared:
            yield Argument(word, before in _TESTS_A_FILE)
        before = word.text


def _of_search(words: list[Word]) -> Iterator[Argument]:
    """Yield the files that are searched or edited: the first word is what for."""
    told = False
    before = ""
    for word in words:
        if before in ("-f", "--file"):
            told = True
            yield Argument(word, plain=True)
        elif before in ("-e", "--regexp", "--expression"):
            told = True
        elif told and not word.text.startswith("-"):
            yield Argument(word, plain=True)
        elif not word.text.startswith("-") or word.quote:
            told = True
        before = word.text


def _of_make(words: list[Word]) -> Iterator[Argument]:
    """Yield the folder and the Makefile; other words are targets and variables."""
    before = ""
    for word in words:
        if before in ("-C", "--directory", "-d", "--working-directory"):
            yield Argument(word, plain=True, enters=True)
        elif before in ("-f", "--file", "--makefile", "--justfile", "--taskfile", "-t"):
            yield Argument(word, plain=True)
        elif word.text.startswith("-C") and len(word.text) > 2:
            yield Argument(_part(word, 2, len(word.text)), plain=True, enters=True)
        elif "=" in word.text:
            yield Argument(word)
        before = word.text


def _of_git(words: list[Word]) -> Iterator[Argument]:
    rest = list(words)
    while len(rest) > 1 and rest[0].text in ("-C", "-c"):
        if rest[0].text == "-C":
            yield Argument(rest[1], plain=True, enters=True)
        rest = rest[2:]
    files_follow = bool(rest) and rest[0].text in _GIT_TAKES_FILES
    before = ""
    for word in rest[1:]:
        files_follow = files_follow or before == "--"
        if before not in ("-m", "--message", "-b", "-F"):
            yield Argument(word, plain=files_follow)
        before = word.text


def _of_tests(words: list[Word]) -> Iterator[Argument]:
    """Yield the files of tests; what follows ``::`` is a name in them."""
    options = frozenset({"-k", "-m", "-n", "-p", "-o", "-W", "--maxfail", "--durations", "-r"})
    for word in _without_values(words, options):
        end = word.text.find("::")
        yield Argument(_part(word, 0, end) if end > 0 else word, plain=True)


def _of_types(words: list[Word]) -> Iterator[Argument]:
    before = ""
    for word in words:
        is_module = before in ("-p", "--package", "-m", "--module")
        yield Argument(word, plain=True, is_module=is_module)
        before = word.text


def _of_interpreter(words: list[Word]) -> Iterator[Argument]:
    """Yield the script that a shell runs, and what it is given."""
    is_script = True
    for word in words:
        yield Argument(word, plain=is_script)
        is_script = is_script and word.text.startswith("-")


def _of_pip(words: list[Word]) -> Iterator[Argument]:
    before = ""
    for word in words:
        wants = before in ("-r", "-c", "-e", "--requirement", "--constraint", "--editable")
        if before not in ("-i", "--index-url", "--extra-index-url"):
            yield Argument(word, plain=wants)
        before = word.text


def _of_archive(words: list[Word]) -> Iterator[Argument]:
    before = ""
    for word in words:
        yield Argument(word, plain=True, enters=before in ("-C", "--directory"))
        before = word.text


def _of_storage(words: list[Word]) -> Iterator[Argument]:
    """Yield what is copied to or from a storage service; other commands take names."""
    is_copy = any(w.text in ("s3", "cp", "rsync", "sync", "storage") for w in words[:3])
    yield from _of_most(words, plain=is_copy)


def _of_container(words: list[Word]) -> Iterator[Argument]:
    """Yield the host's paths on a command line of a container engine.

    What runs in the container has the container's paths, and is left. Compose builds services, by
    their names.
    """
    is_compose = bool(words) and words[0].text == "compose"
    words = words[1:] if is_compose else words
    before, verb, subject = "", "", ""
    for word in words:
        takes = _DOCKER_TAKES.match(before) and before not in _DOCKER_FLAGS and "=" not in before
        if word.text.startswith("-"):
            if subject and verb in ("run", "exec", "create"):
                return
            yield from _option_of_container(word)
        elif before in _DOCKER_FILE:
            yield Argument(word, plain=True)
        elif before in ("-v", "--volume", "--mount"):
            yield from _mounted(word)
        elif not takes and not verb:
            verb = word.text
        elif not takes and verb == "build" and not subject and not is_compose:
            subject = word.text
            yield Argument(word, plain=True)
        elif not takes and verb == "cp" and ":" not in word.text:
            yield Argument(word, plain=True)
        elif not takes:
            if subject and verb in ("run", "exec", "create"):
                return
            subject = word.text
        before = word.text


def _of_compose(words: list[Word]) -> Iterator[Argument]:
    """Yield the host's paths on a command line of compose, as a program of its own."""
    yield from _of_container([Word(-1, -1, "compose"), *words])


def _option_of_container(word: Word) -> Iterator[Argument]:
    name, sign, value = word.text.partition("=")
    if not sign:
        return
    inner = _part(word, len(name) + 1, len(word.text))
    if name in ("-v", "--volume", "--mount"):
        yield from _mounted(replace(inner, text=value))
    elif name in _DOCKER_FILE:
        yield Argument(word, plain=True)


def _mounted(word: Word) -> Iterator[Argument]:
    """Yield the host's side of a mount; a bare name is that of a volume."""
    match = re.search(r"(?:^|,)(?:source|src)=([^,]*)", word.text)
    if match:
        yield Argument(_part(word, match.start(1), match.end(1)))
        return
    source = re.match(r"(?:[A-Za-z]:[\\/])?[^:]*", word.text)
    if source and source.end() < len(word.text):
        yield Argument(_part(word, 0, source.end()))


def _of_remote(words: list[Word]) -> Iterator[Argument]:
    """Yield the local files of a command that runs elsewhere."""
    before = ""
    for word in words:
        if before in ("-i", "-F"):
            yield Argument(word, plain=True)
        before = word.text


def _of_cluster(words: list[Word]) -> Iterator[Argument]:
    """Yield the local files of a command for a cluster, up to what runs there."""
    before = ""
    for word in words:
        if word.text == "--":
            return
        if before in ("-f", "--filename", "-k", "--values", "--kubeconfig"):
            yield Argument(word, plain=True)
        elif word.text.startswith("--") and "exec" not in words[0].text:
            yield Argument(word)
        before = word.text


def _of_luigi(words: list[Word]) -> Iterator[Argument]:
    """Yield the module of tasks, and the files, that Luigi is given."""
    before = ""
    for argument in _of_most(words, plain=False):
        yield replace(argument, is_module=before == "--module")
        before = argument.word.text


def _items(word: Word) -> Iterator[Argument]:
    """Yield the items of a list with commas."""
    for match in re.finditer(r"[^,]+", word.text):
        yield Argument(_part(word, match.start(), match.end()), plain=True)


def _part(word: Word, start: int, end: int) -> Word:
    text = word.text[start:end]
    return Word(word.start + start, word.start + start + len(text), text)


def _for_all(names: Iterable[str], rule: Callable[[list[Word]], Iterator[Argument]]) -> _Rules:
    return dict.fromkeys(names, rule)


_Rules = dict[str, Callable[[list[Word]], Iterator[Argument]]]

_RULES: _Rules = {
    **_for_all(("grep", "egrep", "fgrep", "rg", "sed", "awk", "gawk", "jq", "yq"), _of_search),
    **_for_all(("[", "[[", "test"), _of_test),
    **_for_all(("make", "gmake", "$(make)", "just", "task"), _of_make),
    **_for_all(("docker", "podman", "nerdctl", "container"), _of_container),
    **_for_all(("ssh", "vagrant", "heroku"), _of_remote),
    **_for_all(("kubectl", "oc", "helm"), _of_cluster),
    **_for_all(("pytest", "py.test"), _of_tests),
    **_for_all(("bash", "sh", "zsh", "ksh", "source", ".", "pwsh"), _of_interpreter),
    **_for_all(("pip", "pip3"), _of_pip),
    **_for_all(("aws", "gsutil", "gcloud", "rclone"), _of_storage),
    "docker-compose": _of_compose,
    "find": _of_find,
    "isort": _of_sorter,
    "luigi": _of_luigi,
    "git": _of_git,
    "mypy": _of_types,
    "tar": _of_archive,
}
