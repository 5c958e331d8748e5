"""Codecov, SonarQube and labelers: which folders they measure or watch.

Codecov counts from the root (https://docs.codecov.com/docs/codecovyml-reference), SonarQube from
the folder of its file
(https://docs.sonarsource.com/sonarqube-server/latest/project-administration/analysis-scope/), the
labeler (https://github.com/actions/labeler) from the root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.ci.path_filters import patterns_of
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.path_patterns.patterns import pattern_references
from relayout.inventory.references.reference import Reference, beside
from relayout.inventory.references.spans.yaml_spans import placed, scalars_of
from relayout.tree import Tree

_CODECOV = re.compile(r"(?:\.github/|dev/)?\.?codecov\.ya?ml")
_LABELER = re.compile(r"\.github/(?:labeler|[\w.-]*filters?)\.ya?ml")
_NO_PATHS = frozenset({"base-branch", "head-branch", "color"})
_PROPERTY = re.compile(
    r"^[ \t]*(?P<name>sonar\.[\w.]+)[ \t]*[=:](?P<value>(?:\\\r?\n|[^\\\r\n]|\\.)*)", re.MULTILINE
)
_LISTS = re.compile(
    r"sonar\.(?:sources|tests|(?:[\w.]+\.)?(?:inclusions|exclusions)|projectBaseDir"
    r"|[\w.]+\.(?:reportPaths?|xmlReportPaths|requirementsPaths?|binaries))"
)
_ITEM = re.compile(r"[^,\s\\]+")


def is_codecov(path: str) -> bool:
    """Tell whether a file configures Codecov, by its path."""
    return bool(_CODECOV.fullmatch(path))


def read_codecov(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the patterns of what is measured or ignored."""
    around = Page(text, path, tree, "codecov").surroundings()
    for scalar in scalars_of(text):
        is_item = scalar.keys[-2:] in (("ignore", "-"), ("paths", "-"))
        if is_item and not scalar.is_key:
            word = Word(0, len(scalar.value), scalar.value)
            yield from placed(pattern_references(word, around, scalar.between), scalar, text)


def is_labeler(path: str) -> bool:
    """Tell whether a file says which paths get which label, by its path."""
    return bool(_LABELER.fullmatch(path))


def read_labeler(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the patterns that labels or filters are for."""
    around = Page(text, path, tree, "labeler").surroundings()
    yield from patterns_of(text, around, _NO_PATHS)


def is_sonar(path: str) -> bool:
    """Tell whether a file configures SonarQube, by its name."""
    return basename(path) in ("sonar-project.properties", ".sonarcloud.properties")


def read_sonar(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield the items of the properties that are lists of paths or patterns."""
    base = beside(path)
    around = Surroundings(path, "sonar", scene_in(base.folder, path, tree), base)
    for match in _PROPERTY.finditer(text):
        if _LISTS.fullmatch(match["name"]):
            for item in _ITEM.finditer(text, *match.span("value")):
                yield from pattern_references(Word(*item.span(), item[0]), around, ",")
