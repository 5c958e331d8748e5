"""GitLab CI: jobs name scripts, caches, artifacts, rules about changed files and included files.

The syntax is that of https://docs.gitlab.com/ci/yaml/. Jobs run in the root of the repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.yaml_files import entries, value_of
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.ci.yaml_scripts import script_references
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.spans.yaml_spans import documents_of
from relayout.tree import Tree

KIND = "gitlab-ci"

_FILE = re.compile(
    r"(?:.*[/.])?gitlab-ci\.ya?ml|(?:.*/)?\.?gitlab(?:-ci)?/.*\.ya?ml|(?:ci|\.ci)/.*\.ya?ml"
)
_MAIN = ".gitlab-ci.yml"
_DEEPEST = 5
"""Templates may extend each other in a circle."""


def is_gitlab_ci(path: str) -> bool:
    """Tell whether a file may be a pipeline of GitLab, by its path."""
    return bool(_FILE.fullmatch(path))


def read_gitlab_ci(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a pipeline names; a file that only may be one needs the main one beside it."""
    if not path.endswith("gitlab-ci.yml") and _MAIN not in tree:
        return
    for document in documents_of(text):
        yield from _Pipeline(Page(text, path, tree, KIND), document).read()


@dataclass(frozen=True)
class _Pipeline:
    page: Page
    document: Node

    def read(self) -> Iterator[Reference]:
        """Yield what the pipeline names."""
        shared = value_of(self.document, "variables")
        around = self.page.variables(shared, self.page.surroundings())
        yield from self.page.variable_paths(shared, around)
        yield from self._included(value_of(self.document, "include"))
        yield from self._job(self.document, around)
        for name, (_, job) in entries(self.document).items():
            if isinstance(job, MappingNode) and name not in ("variables", "workflow", "include"):
                yield from self._job(job, around)
        yield from self._rules(value_of(self.document, "workflow"))

    def _job(self, job: Node, around: Surroundings) -> Iterator[Reference]:
        """Yield what a job names, or the defaults of all jobs."""
        page, plain = self.page, self.page.surroundings()
        own = self._of(job, "variables")
        around = page.variables(own, around)
        if job is not self.document:
            yield from page.variable_paths(value_of(job, "variables"), around)
        yield from self._scripts(job, around)
        for cache in _each(value_of(job, "cache")):
            yield from page.patterns(value_of(cache, "paths"), plain)
            yield from page.paths(value_of(cache, "key", "files"), plain)
        artifacts = value_of(job, "artifacts")
        for name in ("paths", "exclude"):
            yield from page.patterns(value_of(artifacts, name), plain)
        for _, report in entries(value_of(artifacts, "reports")).values():
            yield from page.patterns(value_of(report, "path") or report, plain)
        yield from self._rules(job)
        yield from self._included(value_of(job, "trigger", "include"))

    def _scripts(self, job: Node, around: Surroundings) -> Iterator[Reference]:
        """Yield what the scripts name; what comes before runs in the same shell."""
        before = (
            self._of(job, "before_script")
            or value_of(self.document, "default", "before_script")
            or value_of(self.document, "before_script")
        )
        main = self._of(job, "script")
        scalars = [*self.page.scripts(before), *self.page.scripts(main)]
        yield from script_references(scalars, self.page.text, around)
        yield from self.page.script(value_of(job, "after_script"), around)
        yield from self.page.script(value_of(job, "hooks", "pre_get_sources_script"), around)

    def _of(self, job: Node, name: str, depth: int = 0) -> Node | None:
        """Return a part of a job, its own or that of a template that it extends."""
        found = value_of(job, name)
        if found is not None or depth > _DEEPEST:
            return found
        extended = value_of(job, "extends")
        names = extended.value if isinstance(extended, SequenceNode) else [extended]
        for template in reversed(names):
            if isinstance(template, ScalarNode):
                other = value_of(self.document, template.value)
                found = self._of(other, name, depth + 1) if other is not None else None
                if found is not None:
                    return found
        return None

    def _rules(self, job: Node | None) -> Iterator[Reference]:
        """Yield the patterns of files that decide whether a job runs."""
        plain = self.page.surroundings()
        rules = value_of(job, "rules")
        for rule in rules.value if isinstance(rules, SequenceNode) else ():
            for name in ("changes", "exists"):
                patterns = value_of(rule, name)
                yield from self.page.patterns(value_of(patterns, "paths") or patterns, plain)
        for name in ("only", "except"):
            yield from self.page.patterns(value_of(job, name, "changes"), plain)

    def _included(self, node: Node | None) -> Iterator[Reference]:
        """Yield the files that are included from the same repository."""
        for item in _each(node):
            local = item if isinstance(item, ScalarNode) else value_of(item, "local")
            if value_of(item, "project") is None:
                yield from self.page.patterns(local, self.page.surroundings())
            yield from self._rules(item)


def _each(node: Node | None) -> list[Node]:
    """Return the items of a list, or the one thing that stands instead of a list."""
    if isinstance(node, SequenceNode):
        return list(node.value)
    return [] if node is None else [node]
