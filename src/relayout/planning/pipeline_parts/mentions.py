"""Where a text names the folder of a dbt project, on the host or in a container."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from relayout.planning.pipeline_parts.names import is_common, words_of
from relayout.planning.pipeline_parts.pipelines import Pipeline

_TOKEN = re.compile(r"[\w-]+")
_BEFORE = re.compile(r"(?:\bcd|--project-dir|--profiles-dir)[ \t=]+[\"']?(?:\./)?\Z")
_BEFORE_REACH = 40
_NO_FOLDERS = ("bin/", "logs/", "log/", "lib/", "tmp/")
_COMMANDS = frozenset(
    {"build", "clean", "compile", "debug", "deps", "docs", "freshness", "ls", "parse", "retry"}
    | {"run", "seed", "show", "snapshot", "source", "test"}
)
"""See https://docs.getdbt.com/reference/dbt-commands."""
_RUNS_DBT = re.compile(rf"(?<![\w/.-])dbt[ \t]+(?:-\S+[ \t]+)*(?:{'|'.join(sorted(_COMMANDS))})\b")


class Mentions:
    """Finds the pipelines whose folders a text names."""

    def __init__(self, pipelines: Iterable[Pipeline]) -> None:
        self._pipelines = [p for p in pipelines if p.folder]
        leaves = [p.folder.rpartition("/")[2] for p in self._pipelines]
        times = Counter(leaves)
        self._by_leaf: dict[str, list[_Folder]] = {}
        for pipeline, leaf in zip(self._pipelines, leaves, strict=True):
            folder = _Folder(pipeline.name, pipeline.folder, times[leaf] == 1)
            self._by_leaf.setdefault(leaf, []).append(folder)
        self._unusual = [leaf for leaf in self._by_leaf if not _TOKEN.fullmatch(leaf)]

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text has the name of a folder, or of the tool, at all."""
        return "dbt" in text or "cosmos" in text or any(self._leaves_in(text))

    def _leaves_in(self, text: str) -> Iterator[str]:
        """Yield the last names of folders that are in a text, which is read once for all."""
        yield from sorted(self._by_leaf.keys() & _TOKEN.findall(text))
        yield from (leaf for leaf in self._unusual if leaf in text)

    def in_text(self, text: str) -> frozenset[str]:
        """Return the pipelines whose folders a text names."""
        found = (f for leaf in self._leaves_in(text) for f in self._by_leaf[leaf])
        return frozenset(folder.pipeline for folder in found if folder.is_in(text))


class _Folder:
    """The folder of a pipeline. ``is_alone`` says that no other has the same last name."""

    def __init__(self, pipeline: str, folder: str, is_alone: bool) -> None:
        self.pipeline = pipeline
        self._folder = folder
        self._leaf = folder.rpartition("/")[2]
        self._is_alone = is_alone
        words = words_of(self._leaf)
        self._tells = len(words) > 1 and not is_common(words)

    @cached_property
    def _places(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.-])(?:\./)?(?P<leaf>{re.escape(self._leaf)})(?![\w:-])")

    def is_in(self, text: str) -> bool:
        """Tell whether a text names the folder, as a path unless its name can mean nothing else."""
        for match in self._places.finditer(text):
            start, end = match.span("leaf")
            whole = text[max(0, start - len(self._folder) + len(self._leaf)) : end]
            if "/" in self._folder and whole == self._folder:
                return True
            if self._is_alone and (self._tells or _is_path(text, start, end)):
                return True
        return False


def _is_path(text: str, start: int, end: int) -> bool:
    """Tell whether a word of a text is a part of a path, or a folder that is gone into."""
    if text[max(0, start - 5) : start].endswith(_NO_FOLDERS):
        return False
    if text[start - 1 : start] == "/" or text[end : end + 1] == "/":
        return "://" not in text[max(0, start - _BEFORE_REACH) : start]
    return _BEFORE.search(text[max(0, start - _BEFORE_REACH) : start]) is not None


def runs_dbt(texts: Iterable[str]) -> bool:
    """Tell whether texts have a command of dbt, in one of them or as a list of words."""
    words: set[str] = set()
    for text in texts:
        if "dbt" in text and _RUNS_DBT.search(text):
            return True
        words.add(text)
    return "dbt" in words and not words.isdisjoint(_COMMANDS)
