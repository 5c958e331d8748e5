"""Python files that a command starts, and what that way of starting puts on their search path.

``python -m`` and servers find modules in the current folder, ``python FOLDER`` in that folder,
``python FILE`` in the file's own
(https://docs.python.org/3/using/cmdline.html#interface-options).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from posixpath import basename, dirname, join

from relayout.inventory.configured_paths.entry import Started
from relayout.inventory.configured_paths.values import Scene

_PYTHON = re.compile(r"(?:python[\d.]*|py|pypy3?|\$[({]?PYTHON\w*[)}]?|\$[({]?PY[)}]?)(?:\.exe)?$")
_FINDS_HERE = frozenset(
    {"gunicorn", "uvicorn", "celery", "hypercorn", "dagster", "flask", "rq", "dagit"}
    | {"dagster-webserver", "dagster-daemon", "dagster-graphql"}
)
"""Programs that put the current folder on the search path."""
STARTS_PYTHON = "|".join(["py", "PY", *sorted(rf"\b{name}\b" for name in _FINDS_HERE)])
"""A pattern for what a line has that starts Python; it finds rather too much."""
_RUNS_FILES = frozenset({"streamlit", "spark-submit", "run", "nohup", "ipython", "papermill"})
_TAKES_VALUE = frozenset({"-X", "-W", "--with", "--python", "-p", "--rcfile", "--source"})
_MODULE_RUNNERS = frozenset({"coverage", "debugpy", "cProfile", "pdb", "trace", "memory_profiler"})
_ATTRIBUTE = re.compile(r"(?P<module>[A-Za-z_][\w.]*)(?::[A-Za-z_][\w.]*(?:\(.*\))?)?$")


class Programs:
    """Finds the Python files that one command starts."""

    def __init__(self, line: int, path: str, scene: Scene) -> None:
        self.line = line
        self.path = path
        self.scene = scene

    @property
    def _here(self) -> str | None:
        """The folder of the repository that is the current one, as far as it can be told."""
        if self.scene.here is None:
            return None
        return next(iter(self.scene.mounts.folders(self.scene.here, self.scene.tree)), None)

    def started(self, words: list[str]) -> Iterator[Started]:
        """Yield what the words of a command start."""
        plain = [word.strip("\"'[],") for word in words]
        for position, word in enumerate(plain):
            name = basename(word.replace("\\", "/"))
            rest = plain[position + 1 :]
            if _PYTHON.match(name):
                yield from self._python(rest)
                return
            if name in ("pytest", "py.test"):
                yield from self._tests(finds_here=False)
                return
            if name in _FINDS_HERE:
                yield from self._server(rest)
                return
            if name in _RUNS_FILES:
                yield from self._files(rest)
            elif position == 0 and word.endswith(".py"):
                yield from self._file(word)

    def _python(self, words: list[str]) -> Iterator[Started]:
        rest = list(words)
        while rest and rest[0].startswith("-") and rest[0] not in ("-m", "-c"):
            del rest[: 2 if rest[0] in _TAKES_VALUE else 1]
        if not rest or rest[0] == "-c":
            return
        if rest[0] != "-m":
            yield from self._file(rest[0])
            return
        module = rest[1] if len(rest) > 1 else ""
        if module == "pytest":
            yield from self._tests(finds_here=True)
        elif module in _MODULE_RUNNERS:
            inner = [w for w in rest[2:] if w != "run"]
            yield from self._python(inner)
        elif module in _FINDS_HERE:
            yield from self._server(rest[2:])
        else:
            yield from self._module(module)

    def _file(self, word: str) -> Iterator[Started]:
        """Yield the file that a path names: a script, or a folder with ``__main__.py``."""
        absolute = self.scene.absolute(word)
        if absolute is None:
            return
        script = self.scene.mounts.file(absolute, self.scene.tree)
        if script is not None and script.endswith(".py"):
            yield Started(self.path, self.line, script, finds_in=dirname(script), here=self._here)
        main = self.scene.mounts.file(f"{absolute}/__main__.py", self.scene.tree)
        if main is not None:
            yield Started(self.path, self.line, main, finds_in=dirname(main), here=self._here)

    def _files(self, words: list[str]) -> Iterator[Started]:
        for word in words:
            if word.endswith(".py"):
                yield from self._file(word)

    def _module(self, dotted: str) -> Iterator[Started]:
        match = _ATTRIBUTE.match(dotted)
        if match is None or self.scene.here is None:
            return
        stem = join(self.scene.here, match["module"].replace(".", "/"))
        for path in (f"{stem}.py", f"{stem}/__main__.py"):
            found = self.scene.mounts.file(path, self.scene.tree)
            if found is not None:
                inside = path[len(self.scene.here.rstrip("/")) + 1 :]
                is_there = found.endswith(inside)
                folder = found.removesuffix(inside).rstrip("/") if is_there else None
                yield Started(self.path, self.line, found, folder, here=self._here)
                return

    def _server(self, words: list[str]) -> Iterator[Started]:
        """Yield the modules that a server or worker is told to import."""
        for option, value in pairwise(words):
            if option in ("--chdir", "--app-dir"):
                self.scene = self.scene.in_folder(value)
        for word in words:
            if word.endswith(".py"):
                yield from self._file(word)
            elif not word.startswith("-"):
                yield from self._module(word)

    def _tests(self, finds_here: bool) -> Iterator[Started]:
        for folder in self.scene.mounts.within(self.scene.here or "")[:1]:
            finds_in = folder if finds_here else None
            yield Started(self.path, self.line, folder, finds_in, is_tests=True)
