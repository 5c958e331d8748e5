"""What ``manage.py`` was told to run is run by its console script.

``python manage.py load_orders --all`` becomes ``acme-load-orders --all``. Where it is not certain
which Python a command names, it stays: ``$(PYTHON) -m acme.cli.load_orders --all``. Commands of
Django's own keep naming the manager
(https://docs.djangoproject.com/en/5.2/ref/django-admin/#usage).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import basename

from relayout.source import Edit

KIND = "manager"
_SPACE = r"(?:[ \t]|\\\r?\n){1,200}"
_BETWEEN = (
    rf"[\"']?(?:{_SPACE}|[ \t\r\n]{{0,200}},[ \t\r\n]{{0,200}}"
    r"|[ \t]{0,200}\r?\n[ \t]{0,200}-[ \t]{1,200})[\"']?"
)
"""What stands between two words of a command, or two items of a list that is one."""
_FOLDER = r"(?:(?:\$\(\w+\)|\$\{\w+\}|[\w.~$%-]{1,200})?/)*"
_BEGINS = r"(?<![^\s\"'`=(\[{@])"
_ENDS = r"(?![\w./=-])"
_FURTHEST = 160
_OF_DJANGO = (
    "changepassword|check|clearsessions|collectstatic|compilemessages|createcachetable"
    "|createsuperuser|dbshell|diffsettings|dumpdata|findstatic|flush|inspectdb|loaddata"
    "|makemessages|makemigrations|migrate|optimizemigration|remove_stale_contenttypes|runserver"
    "|sendtestemail|shell|showmigrations|sqlflush|sqlmigrate|sqlsequencereset|squashmigrations"
    "|startapp|startproject|test|testserver"
)
"""The commands of https://docs.djangoproject.com/en/5.2/ref/django-admin/."""
_ADMIN = r"django-admin(?:\.py)?"
"""What runs the commands of the project that the environment names."""
_ADMIN_SIGNS = (b"django-admin", b"-m django")
_IS_ADMIN = re.compile(rf"{_FOLDER}{_ADMIN}|-m{_SPACE}django")
_PYTHON = re.compile(
    rf"(?<![^\s\"'`=(\[{{@;&|+-])(?P<python>"
    r"(?:[\w.~$%{}()/-]{0,200}/)?(?:python|pypy)[\d.]*(?:\.exe)?"
    r"|\$[({]?\w*py\w*(?::-\w+)?[)}]?|%\w*py\w*%|py)"
    rf"(?P<options>(?:{_BETWEEN}[\w=.-]{{1,100}}){{0,4}})(?:{_BETWEEN})\Z",
    re.IGNORECASE,
)
_RUNS_MODULES = re.compile(
    rf"(?:\bcoverage{_BETWEEN}run(?:{_BETWEEN}-[\w=.-]{{1,100}}){{0,4}}|\$\(\w+\)|\$\{{?\w+\}}?)"
    rf"{_BETWEEN}\Z"
)
_PLAIN = frozenset({"python", "python3"})
_ENDS_CALL = re.compile(r"[;|&<>`\[\]]|(?<!\\)(?<!\\\r)\n")
_FURTHEST_OPTION = 500
_DJANGOS = re.compile(
    rf"{_SPACE}(?:--skip-checks\b|(?P<left>--(?:settings|pythonpath)(?:=|{_SPACE})[^\s;|&<>()\"']+))"
)
"""Options that ``manage.py`` has for every command, and that say something to Django alone."""


@dataclass(frozen=True, slots=True)
class CliCommand:
    """How a command is run without a manager: its console script, and its module's dotted name."""

    script: str
    module: str


@dataclass(frozen=True, slots=True)
class ManagerCall:
    """A call of a manager in a text: where it begins, manager, console script and edits.

    ``left`` are options that set something that no command without Django has.
    """

    start: int
    manager: str
    script: str
    edits: tuple[Edit, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class ManagerCommands:
    """The commands of each manager, by the manager's path before and what it calls each."""

    by_manager: Mapping[str, Mapping[str, CliCommand]] = field(default_factory=dict)
    without_script: frozenset[str] = frozenset()
    """Commands that went to a package and that nothing but Django can run."""

    @cached_property
    def names(self) -> tuple[bytes, ...]:
        """What managers are called: only a file that has one of these in it may call one."""
        if not self.by_manager:
            return ()
        return (*sorted({basename(path).encode() for path in self.by_manager}), *_ADMIN_SIGNS)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = "|".join(sorted({re.escape(basename(path)) for path in self.by_manager}))
        commands = {name for commands in self.by_manager.values() for name in commands}
        wanted = "|".join(sorted(map(re.escape, commands), key=len, reverse=True))
        return re.compile(
            rf"{_BEGINS}(?P<manager>{_FOLDER}(?:{names}|{_ADMIN})|-m{_SPACE}django)"
            rf"(?P<between>{_BETWEEN})"
            rf"(?P<command>{wanted}){_ENDS}"
        )

    def calls(self, text: str, named: Mapping[int, str]) -> Iterator[ManagerCall]:
        """Yield the calls of a project's commands in a text, in order.

        ``named`` are managers by where a reference in the text names them. Where none does, the
        manager is the one of that name that has the command.
        """
        if not any(self.by_manager.values()):
            return
        for match in self._pattern.finditer(text):
            found = named.get(match.start("manager"))
            manager = self.manager_of(match["manager"], match["command"], found)
            if manager is not None and not _is_only_said(text, match.start()):
                yield _call(text, match, manager, self.by_manager[manager][match["command"]])

    def djangos(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the calls of commands of Django's own in a text: where each begins, and its name.

        A manager's command of the same name is none of them.
        """
        names = "|".join(sorted({re.escape(basename(path)) for path in self.by_manager}))
        pattern = rf"{_BEGINS}{_FOLDER}(?:{names}){_BETWEEN}(?P<command>{_OF_DJANGO}){_ENDS}"
        for match in re.finditer(pattern, text) if names else ():
            if not _is_only_said(text, match.start()):
                yield match.start(), match["command"]

    def manager_of(self, text: str, command: str, named: str | None = None) -> str | None:
        """Return the manager that a path in a text names, if it has a command.

        ``named`` is the one that the path is known to name, if any.
        """
        having = [path for path in self.by_manager if command in self.by_manager[path]]
        if named is not None:
            return named if named in having else None
        meant = [path for path in having if _may_mean(text, path)]
        return meant[0] if len(meant) == 1 else None


def _may_mean(text: str, path: str) -> bool:
    """Tell whether a path in a text may be that of a manager, from wherever it counts.

    Where the repository lies on another machine, nothing here can tell.
    """
    if _IS_ADMIN.fullmatch(text):
        return True
    bare = text.removeprefix("./")
    if bare.startswith(("/", "$", "%", "~", "..")):
        return basename(bare) == basename(path)
    return f"/{path}".endswith(f"/{bare}")


_SAID = re.compile(r"(?:^|[ \t])#|^[ \t]*(?://|;|rem\b|::)|\b(?:echo|printf?)\b[^;&|]*$", re.I)


def _is_only_said(text: str, position: int) -> bool:
    """Tell whether a place is in a comment, or in what a command prints."""
    start = text.rfind("\n", max(0, position - _FURTHEST), position) + 1
    line = text[start or max(0, position - _FURTHEST) : position]
    return bool(_SAID.search(line))


def _call(text: str, match: re.Match[str], manager: str, command: CliCommand) -> ManagerCall:
    """Return what becomes of a call: the script in its place, or the module for its Python."""
    begins = match.start("manager")
    before = text[max(0, begins - _FURTHEST) : begins]
    python = _PYTHON.search(before) if "py" in before.lower() else None
    end = match.end("command")
    if python is not None and python["python"] in _PLAIN and not python["options"]:
        edit = _instead(text, begins - len(before) + python.start("python"), end, command.script)
    elif python is None and not _runs_modules(before, match["manager"]):
        edit = _instead(text, begins, end, command.script)
    else:
        edit = Edit(begins, end, f"-m{match['between']}{command.module}", KIND)
    options = list(_djangos(text, end))
    removals = [Edit(option.start(), option.end(), "", KIND) for option in options]
    left = tuple(option["left"] for option in options if option["left"])
    return ManagerCall(edit.start, manager, command.script, (edit, *removals), left)


def _djangos(text: str, position: int) -> Iterator[re.Match[str]]:
    """Yield the options of Django's own that stand in the rest of a call."""
    limit = min(len(text), position + _FURTHEST_OPTION)
    if text.find("--s", position, limit) >= 0 or text.find("--p", position, limit) >= 0:
        stop = _ENDS_CALL.search(text, position, limit)
        yield from _DJANGOS.finditer(text, position, stop.start() if stop else limit)


def _runs_modules(before: str, manager: str) -> bool:
    """Tell whether what stands before a manager starts it in a way that starts modules too.

    A variable may hold anything that starts a file that is not a program by itself.
    """
    is_file = "/" not in manager and not _IS_ADMIN.fullmatch(manager)
    return is_file and _RUNS_MODULES.search(before) is not None


def _instead(text: str, start: int, end: int, script: str) -> Edit:
    """Return the edit that puts a script in the place of words.

    Quotes around both the first and the last of them stay; any other go.
    """
    opening, closing = text[start - 1 : start] if start else "", text[end : end + 1]
    if opening != closing and opening and opening in "\"'" and opening in text[start:end]:
        start -= 1
    elif opening != closing and closing and closing in "\"'" and closing in text[start:end]:
        end += 1
    return Edit(start, end, script, KIND)
