"""Names of pipelines: how they are made of dbt projects, and where a text carries one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import basename

from relayout.planning.units import identifier

_WORD = re.compile(r"[^\W_]+")
_CASE_CHANGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_COMMON = frozenset(
    {"airflow", "analytics", "app", "assets", "base", "bi", "common", "core", "dagster"}
    | {"data", "database", "datamart", "datawarehouse", "db", "dbt", "definitions", "defs"}
    | {"demo", "deploy", "dev", "duckdb", "dw", "dwh", "elt", "etl", "example", "helpers"}
    | {"integration", "jaffle", "jobs", "lake", "lakehouse", "lib", "libs", "main", "mart"}
    | {"marts", "model", "models", "my", "new", "ops", "orchestration", "packages"}
    | {"pipeline", "pipelines", "platform", "playground", "postgres", "prod", "project"}
    | {"projects", "repo", "repository", "resources", "sample", "samples", "sandbox"}
    | {"service", "services", "shared", "snowflake", "sql", "src", "stack", "staging"}
    | {"template", "templates", "test", "tests", "tool", "tools", "transform"}
    | {"transformation", "transformations", "transforms", "trino", "tutorial", "util"}
    | {"utilities", "utils", "warehouse"}
)
"""Words that say nothing about what a pipeline is for."""

_TAKEN = frozenset({"shared", "_templates"})
"""Folders of ``pipelines/`` that are no pipelines."""


@lru_cache(maxsize=1 << 16)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name, in lower case: ``StavangerParking-2`` has three."""
    parts = (part for word in _WORD.findall(text) for part in _CASE_CHANGE.split(word))
    return tuple(part.casefold() for part in parts)


def is_common(words: Iterable[str]) -> bool:
    """Tell whether words name no subject, so that carrying them shows nothing."""
    return all(word in _COMMON for word in words)


@dataclass(frozen=True, slots=True)
class Name:
    """A pipeline's name. ``tells`` says whether a path that carries it is of the pipeline."""

    text: str
    words: tuple[str, ...]
    tells: bool


def pipeline_name(said: str, folder: str, taken: Collection[str] = ()) -> str:
    """Return the name of the pipeline that a dbt project makes.

    ``said`` is what the project calls itself and ``folder`` where it stands; the nearest folder
    that says something has its place if the project's name does not.
    """
    folders = [part for part in reversed(folder.split("/")) if part]
    for candidate in (said, *folders):
        words = _without_dbt(words_of(_plain(candidate)))
        if words and not is_common(words):
            return _free("_".join(words), folders, taken)
    for candidate in (said, *folders):
        words = words_of(_plain(candidate))
        if words:
            return _free("_".join(words), folders, taken)
    return _free("pipeline", folders, taken)


def _plain(text: str) -> str:
    """Return a text without accents, and without what is no letter of ASCII or digit."""
    folded = unicodedata.normalize("NFKD", text)
    letters = (c for c in folded if not unicodedata.combining(c))
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in letters)


def _without_dbt(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without the tool's name at their beginning or end."""
    start = 1 if words[:1] == ("dbt",) else 0
    stop = len(words) - 1 if len(words) > start + 1 and words[-1] == "dbt" else len(words)
    return tuple(words[start:stop])


def _free(name: str, folders: Sequence[str], taken: Collection[str]) -> str:
    """Return a name that no other pipeline has: with a folder's name before it, or a number."""
    name = identifier(name)
    used = {*taken, *_TAKEN}
    if name not in used:
        return name
    for folder in folders:
        longer = identifier("_".join((*words_of(_plain(folder)), name)))
        if longer not in used and not longer.startswith(f"{name}_{name}"):
            return longer
    return next(f"{name}_{n}" for n in range(2, len(used) + 3) if f"{name}_{n}" not in used)


class Names:
    """The names of all pipelines, and which of them a path or a name carries."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_first: dict[str, list[Name]] = {}
        for name in names:
            if name.tells and name.words:
                self._by_first.setdefault(name.words[0], []).append(name)
        for found in self._by_first.values():
            found.sort(key=lambda name: (-len(name.words), name.text))

    def in_text(self, text: str) -> frozenset[str]:
        """Return the pipelines whose names a name carries, as whole words; the longest win."""
        words = words_of(text)
        found: set[str] = set()
        place = 0
        while place < len(words):
            name = next(
                (
                    name
                    for name in self._by_first.get(words[place], ())
                    if words[place : place + len(name.words)] == name.words
                ),
                None,
            )
            if name is None:
                place += 1
            else:
                found.add(name.text)
                place += len(name.words)
        return frozenset(found)

    def in_path(self, path: str) -> frozenset[str]:
        """Return the pipelines whose names the parts of a path carry."""
        stem = basename(path).partition(".")[0] or basename(path)
        folders = path.split("/")[:-1]
        return frozenset().union(*map(self.in_text, (*folders, stem)))

    def is_in(self, pipeline: str, text: str) -> bool:
        """Tell whether a name carries that of a pipeline."""
        return pipeline in self.in_text(text)
