"""What shows that a file is of a pipeline: its path, the folder and the tables that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, normpath, splitext

from relayout.inventory import Inventory
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.python_texts import Texts, read_texts
from relayout.inventory.references import decoded
from relayout.inventory.sql_tables import is_sql, tables_in
from relayout.planning.pipeline_parts.mentions import Mentions, runs_dbt
from relayout.planning.pipeline_parts.names import words_of
from relayout.planning.pipeline_parts.pipelines import Pipelines
from relayout.tree import ancestors, is_within

SHELL = (".sh", ".bash", ".zsh", ".ps1", ".bat", ".cmd")
"""Endings of scripts that are no Python."""

_RUNNING_DBT = frozenset({"dagster_dbt", "cosmos", "airflow_dbt", "airflow_dbt_python", "dbt"})
"""Packages that are imported to run a dbt project."""

_PLATFORM_COMMANDS = ("docker compose", "docker-compose", "docker build", "terraform ", "kubectl ")
_WORD = re.compile(r"\w+")
_LARGEST = 2_000_000
_LONGEST = 300
"""Longer strings are no paths."""
_COMMENT = ("#", "::", "REM ", "rem ")


@dataclass(frozen=True, slots=True)
class Shown:
    """The pipelines that a file's content shows, each with what shows it.

    ``folders`` are those whose folders or files it names, ``tables`` those whose tables it reads or
    writes. ``elsewhere`` is a file or folder of the repository that it names and that is none's.
    """

    folders: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    elsewhere: str = ""

    @property
    def all(self) -> Mapping[str, str]:
        """All pipelines that anything in the file shows."""
        return {**self.tables, **self.folders}


class Evidence:
    """Reads what files show; each file is read once."""

    def __init__(self, inventory: Inventory, pipelines: Pipelines) -> None:
        self._inventory = inventory
        self._pipelines = pipelines
        self._mentions = Mentions(pipelines.all)
        self._tables = _Tables(pipelines)
        self._owners = {path: p.name for p in pipelines.all for path in p.project.files}
        self._folders = {p.folder: p.name for p in pipelines.all if p.folder}
        for pipeline in pipelines.all:
            if not pipeline.folder:
                named = (f for folders in pipeline.project.paths.values() for f in folders)
                self._folders.update(dict.fromkeys(filter(None, named), pipeline.name))
        self._in_root = [p.name for p in pipelines.all if not p.folder]
        self._read: dict[str, Shown] = {}

    def of_path(self, path: str) -> frozenset[str]:
        """Return the pipelines whose names a path carries."""
        return self._pipelines.names.in_path(path)

    def of_names(self, names: Iterable[str]) -> frozenset[str]:
        """Return the pipelines whose names some names carry."""
        return frozenset().union(*map(self._pipelines.names.in_text, names))

    def of_content(self, path: str) -> Shown:
        """Return what a file's content shows; nothing for a file that is no code."""
        if path not in self._read:
            self._read[path] = self._content(path)
        return self._read[path]

    def _content(self, path: str) -> Shown:
        tree = self._inventory.tree
        if path in self._inventory.python:
            return self._python(path)
        if not tree.is_regular(path) or splitext(path)[1].lower() not in (*SHELL, ".sql"):
            return Shown()
        content = tree.read(path)
        if len(content) > _LARGEST:
            return Shown()
        text, _ = decoded(content)
        if path.endswith(".sql"):
            return Shown(tables=self._tables.named_in([text]))
        return self._script(path, text)

    def _python(self, path: str) -> Shown:
        """Return what a module or notebook shows; one without any known word is not parsed."""
        if not is_test(path) and not self._may_show(path):
            return Shown()
        texts = read_texts(path, self._inventory.tree)
        folders = dict(self._named_folders(path, texts))
        sql = [text for text in (*texts.said, *texts.magics) if _may_be_sql(text)]
        tables = self._tables.named_in(sql) | self._tables.called(texts.tables)
        return Shown(folders, tables, self._elsewhere(path, texts))

    def _may_show(self, path: str) -> bool:
        """Tell whether a module has any of the words that would show something."""
        if self._in_root:
            return True
        if any(self._owner(named) for named in self._inventory.python[path].named_paths):
            return True
        text, _ = decoded(self._inventory.tree.read(path))
        if self._mentions.may_be_in(text):
            return True
        return not self._tables.names.isdisjoint(_WORD.findall(text.lower()))

    def _named_folders(self, path: str, texts: Texts) -> Iterator[tuple[str, str]]:
        file = self._inventory.python[path]
        written = {normpath(text) for text in texts.said if "/" in text and len(text) < _LONGEST}
        for named in sorted(file.named_paths | written):
            owner = self._owner(named)
            if owner is not None:
                yield owner, f"it names {named}"
        for text in (*texts.said, *texts.magics):
            for pipeline in sorted(self._mentions.in_text(text)):
                yield pipeline, f"it names {_short(text)}"
        only = self._pipelines.only
        imported = {m.partition(".")[0] for s in file.statements if not s.level for m in s.modules}
        runs = not imported.isdisjoint(_RUNNING_DBT) or runs_dbt((*texts.said, *texts.magics))
        if only and runs:
            yield only, "it runs dbt"

    def _owner(self, path: str) -> str | None:
        """Return the pipeline whose dbt project has a file or folder."""
        if path in self._owners:
            return self._owners[path]
        if path not in self._inventory.tree.folders:
            return None
        above = (path, *ancestors(path))
        return next((self._folders[f] for f in above if f in self._folders), None)

    def _elsewhere(self, path: str, texts: Texts) -> str:
        """Return a file or folder that a module names, and that is of no dbt project."""
        tree, own = self._inventory.tree, dirname(path)
        named = set(self._inventory.python[path].named_paths)
        named |= {normpath(t) for t in texts.said if "/" in t or "." in t if len(t) < _LONGEST}
        for one in sorted(named):
            if (one in tree or one in tree.folders) and one not in ("", ".", own, path):
                if one not in self._owners and not self._is_in_project(one) and not _is_data(one):
                    if not is_within(own, one):
                        return one
        return ""

    def _is_in_project(self, path: str) -> bool:
        return not self._folders.keys().isdisjoint((path, *ancestors(path)))

    def _script(self, path: str, text: str) -> Shown:
        """Return what a script of a shell shows; one that runs the platform shows nothing."""
        lines = [line for line in text.splitlines() if not line.lstrip().startswith(_COMMENT)]
        if any(command in line for line in lines for command in _PLATFORM_COMMANDS):
            return Shown()
        folders: dict[str, str] = {}
        elsewhere = ""
        for reference in self._inventory.references.get(path, ()):
            owner = self._owner(reference.path)
            if owner is not None:
                folders.setdefault(owner, f"it names {reference.path}")
            elif reference.path and not self._is_in_project(reference.path):
                if not _is_data(reference.path) and not is_within(dirname(path), reference.path):
                    elsewhere = elsewhere or reference.path
        for line in lines:
            for pipeline in self._mentions.in_text(line):
                folders.setdefault(pipeline, f"it names {_short(line)}")
        only = self._pipelines.only
        if only and not folders and "dbt" in words_of(basename(path)) and runs_dbt(lines):
            folders[only] = "it runs dbt"
        return Shown(dict(sorted(folders.items())), {}, elsewhere)


class _Tables:
    """The tables of all pipelines: who makes them, who reads them."""

    def __init__(self, pipelines: Pipelines) -> None:
        self._made: dict[str, set[str]] = {}
        self._read: dict[str, dict[str, set[str]]] = {}
        for pipeline in pipelines.all:
            project = pipeline.project
            for name in (*project.models, *project.seeds, *project.snapshots):
                self._made.setdefault(name.lower(), set()).add(pipeline.name)
            for source in project.sources:
                schemas = {source.source.lower(), source.schema.lower()}
                for name in {source.identifier.lower(), source.table.lower()}:
                    by = self._read.setdefault(name, {})
                    by.setdefault(pipeline.name, set()).update(schemas)

        self.names = self._made.keys() | self._read.keys()

    def named_in(self, sql: Iterable[str]) -> dict[str, str]:
        """Return the pipelines whose tables some SQL names.

        A table of several decides only where no other one does.
        """
        named = {parts for text in sql for parts in tables_in(text)}
        return self._shown(named)

    def called(self, names: Iterable[str]) -> dict[str, str]:
        """Return the pipelines whose tables are named by themselves, with a schema or without."""
        return self._shown({tuple(name.lower().split(".")) for name in names if name})

    def _shown(self, named: Iterable[tuple[str, ...]]) -> dict[str, str]:
        sure: dict[str, str] = {}
        shared: dict[str, str] = {}
        for parts in sorted(named):
            owners = self._owners(parts)
            for owner in sorted(owners):
                found = sure if len(owners) == 1 else shared
                found.setdefault(owner, f"it names the table {'.'.join(filter(None, parts))}")
        return sure or shared

    def _owners(self, parts: tuple[str, ...]) -> set[str]:
        made = self._made.get(parts[-1])
        if made:
            return made
        qualifier = parts[-2] if len(parts) > 1 else ""
        by = self._read.get(parts[-1], {})
        return {
            pipeline
            for pipeline, schemas in by.items()
            if not qualifier or qualifier in schemas or any("{" in s for s in schemas)
        }


def _may_be_sql(text: str) -> bool:
    sql = text.partition("\n")[2] if text.startswith("%%") else text
    return " " in text.strip() and is_sql(sql)


def _is_data(path: str) -> bool:
    """Tell whether a path is of data, or of settings that every script may read."""
    top = path.partition("/")[0]
    return top in ("data", "logs", "output") or "requirements" in path or top.startswith(".env")


def _short(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
