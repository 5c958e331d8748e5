"""Which files of a repository something runs: workflows, CI, Docker, make and shell scripts.

A runner file is read as text. A token is taken to name a file only if, from the repository's root
or the runner's own folder, it is the path of a tracked file, or the dotted name after ``python
-m`` (or before the ``:`` of an entry point) of a module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import translate
from posixpath import basename, dirname, join, normpath

from relayout.inventory.references import decoded
from relayout.inventory.references.reference import Reference
from relayout.source import line_at
from relayout.tree import Tree

_RUNNERS = (
    ("workflow", ("workflows/*.y*ml", "flows/*.y*ml", "kestra/*.y*ml")),
    ("CI", (".github/workflows/*", ".gitlab-ci.yml", "azure-pipelines.yml", "Jenkinsfile")),
    ("Docker", ("*[Dd]ockerfile*", "*docker-compose*.y*ml", "*compose.y*ml", "docker-bake*.*")),
    ("make", ("Makefile", "*/Makefile", "*.mk", "justfile", "Taskfile.y*ml")),
    ("script", ("*.sh", "*.bash", "*.bat", "*.cmd", "*.ps1", "*crontab*", "Procfile")),
    ("scheduler", ("*.pbs", "*.sbatch", "*.slurm", "*.service", "*.nomad", "prefect.y*ml")),
    ("deployment", ("serverless.y*ml", "template.y*ml", "app.y*ml", "render.y*ml", "fly.toml")),
    ("packaging", ("pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "noxfile.py")),
    ("editor", (".vscode/tasks.json", ".vscode/launch.json")),
)

_DOCUMENTS = (".md", ".markdown", ".mdx", ".rst", ".txt", ".ipynb")
_TOKEN = re.compile(r"""[^\s"'`,;|&()<>\[\]{}=$#*]+""")
_MODULE = re.compile(r"(?:-m\s+|=\s*[\"']?)([A-Za-z_][\w.]*)(?=\s|:|[\"']|$)")
_PATH_WANTED = re.compile(
    r"\s*(?:-\s*)?(?:COPY|ADD|context|dockerfile|working[-_]directory|path|paths|entrypoint)\b[:\s]",
    re.IGNORECASE,
)
_OWNER = re.compile(r"--chown=\S+")
_COMMENTS = ("#", "//", "::", "REM ", "rem ", "Rem ", "@rem ", "@REM ")
_FLOW_ID = re.compile(r"^id:\s*[\"']?([\w.-]+)", re.MULTILINE)
_FLOW_VARIABLE = re.compile(r"\{\{\s*flow\.id\s*\}\}")
_INTERPRETER = re.compile(
    r"(?:^|[\s\"'&/\\(@])(?:python[\d.]*|py|pypy3?|uv|poetry|pipenv|spark-submit|pytest|coverage|nohup|exec"
    r"|streamlit|gunicorn|celery)(?:\.exe)?[\s\"']|(?:^|\s)\./"
)
_ECHO = re.compile(r"""^\s*(?:-\s*)?@?(?:echo|Write-Host|print)\b""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """One place that runs a file: the runner file, the line, and the path that it names."""

    runner: str
    line: int
    kind: str
    path: str


_PATTERNS = tuple(
    (kind, re.compile("|".join(translate(pattern) for pattern in patterns)))
    for kind, patterns in _RUNNERS
)


def runner_kind(path: str) -> str | None:
    """Return what kind of runner a file is, or None if it is none."""
    name = basename(path)
    for kind, pattern in _PATTERNS:
        if pattern.match(path) or pattern.match(name):
            return kind
    return None


@dataclass(frozen=True, slots=True)
class RunnerLine:
    """A line of a runner file that is no comment and prints nothing."""

    runner: str
    kind: str
    number: int
    text: str


def runner_lines(tree: Tree, ignored: frozenset[str]) -> Iterator[RunnerLine]:
    """Yield the lines of the runner files; the id of a Kestra flow is filled in."""
    for path in tree:
        kind = runner_kind(path)
        if kind is None or not tree.is_regular(path) or path in ignored:
            continue
        text = tree.read(path).decode("utf-8", errors="replace")
        flow = _FLOW_ID.search(text)
        for number, line in enumerate(text.splitlines(), 1):
            if not _ECHO.match(line) and not line.lstrip().startswith(_COMMENTS):
                filled = _FLOW_VARIABLE.sub(flow.group(1), line) if flow else line
                yield RunnerLine(path, kind, number, filled)


def find_runs(lines: Iterable[RunnerLine], tree: Tree) -> list[Run]:
    """Return every place in the lines of runner files that names a Python file of the tree.

    In a script or Makefile a path alone may be something to copy or to delete; it counts only on
    a line that starts a program.
    """
    found = (
        Run(line.runner, line.number, line.kind, named)
        for line in lines
        if line.kind not in ("script", "make") or _INTERPRETER.search(line.text)
        for named in _modules_in(line, tree)
    )
    return list(dict.fromkeys(found))


def referenced_runs(references: Mapping[str, Iterable[Reference]], tree: Tree) -> Iterator[Run]:
    """Yield what the references of files say is started. Documents only tell of it."""
    for path, found in references.items():
        started = [r for r in found if r.runs and r.path in tree]
        if started and not path.endswith(_DOCUMENTS):
            text, _ = decoded(tree.read(path))
            kind = runner_kind(path) or "script"
            for reference in started:
                line = line_at(text, reference.start)
                yield Run(path, line, kind, reference.path)


def find_mentions(lines: Iterable[RunnerLine], tree: Tree) -> list[Run]:
    """Return every place in those lines that names a folder, or a file that is not Python.

    A word counts as a path if it has a slash, or stands where its file's format wants a path.
    """
    found = (
        Run(line.runner, line.number, line.kind, named)
        for line in lines
        for named in _mentioned(line, tree)
    )
    return list(dict.fromkeys(found))


def _mentioned(line: RunnerLine, tree: Tree) -> Iterator[str]:
    wants_path = bool(_PATH_WANTED.match(line.text))
    for token in _TOKEN.findall(_OWNER.sub("", line.text)):
        for part in token.replace("\\", "/").split(":"):
            word = part.rstrip("/")
            if word in ("", ".", "..") or word.endswith("/..") or part.startswith(("/", "~")):
                continue
            if not wants_path and "/" not in part:
                continue
            for base in ("", dirname(line.runner)):
                named = normpath(join(base, word))
                if named in tree.folders or (named in tree and not named.endswith(".py")):
                    yield named
                    break


def _modules_in(line: RunnerLine, tree: Tree) -> Iterator[str]:
    for token in _TOKEN.findall(line.text):
        named = _as_file(token.replace("\\", "/"), line.runner, tree)
        if named is not None:
            yield named
    for dotted in _MODULE.findall(line.text):
        named = _as_module(dotted, tree)
        if named is not None:
            yield named


def _as_file(token: str, path: str, tree: Tree) -> str | None:
    token = token.partition(".py:")[0] + ".py" if ".py:" in token else token
    if not token.endswith(".py") or token.startswith("/"):
        return None
    for base in ("", dirname(path)):
        named = normpath(join(base, token))
        if named in tree.modules:
            return named
    return None


def _as_module(dotted: str, tree: Tree) -> str | None:
    for folder in ("", *tree.sources):
        stem = join(folder, dotted.replace(".", "/"))
        for named in (f"{stem}.py", f"{stem}/__main__.py"):
            if named in tree.modules:
                return named
    return None
