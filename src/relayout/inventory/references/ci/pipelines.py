"""Pipelines of other services: each has words for commands, folders, paths and variables.

They nest in different ways and agree in this: a working folder and variables hold for what stands
beside and below them. The words are those of
https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/,
https://circleci.com/docs/configuration-reference/,
https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/,
https://docs.travis-ci.com/user/customizing-the-build/,
https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html,
https://cloud.google.com/build/docs/build-config-file-schema,
https://docs.drone.io/yaml/docker/ and https://www.appveyor.com/docs/appveyor-yml/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import basename

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.yaml_files import entries, text_of
from relayout.inventory.references.ci.path_filters import hashed_files
from relayout.inventory.references.ci.pipeline import Page
from relayout.inventory.references.ci.yaml_scripts import script_references
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Dialect
from relayout.inventory.references.reference import Reference, beside
from relayout.inventory.references.spans.yaml_spans import documents_of, items_of
from relayout.tree import Tree

_CHECKS_OUT = frozenset({"docker", "machine", "macos", "executor", "resource_class"})
"""Beside these, a working folder of CircleCI is where the repository lies."""
_SHELLS = frozenset({"bash", "sh"})
_MOST_NODES = 20_000
_DEEPEST = 40


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Service:
    """What a service calls things; ``file`` matches the paths of its files."""

    kind: str
    file: re.Pattern[str]
    commands: frozenset[str]
    paths: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    powershell: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    """Values that count from the folder of the file itself."""
    foreign: frozenset[str] = frozenset()
    """Keys that say of a document that it is another service's, whatever its folder is called."""


SERVICES = (
    Service(
        "azure-pipelines",
        re.compile(
            r"(?:.*/)?\.?azure-?pipelines?[^/]*\.ya?ml"
            r"|\.?(?:azure-pipelines|azuredevops|pipelines)/.*\.ya?ml"
        ),
        commands=_words("script bash"),
        paths=_words(
            "scriptPath filePath requirementsFile requirements dockerfile Dockerfile"
            " buildContext pathToPublish targetPath searchFolder sourceFolder SourceFolder"
            " rootFolderOrFile testResultsFiles summaryFileLocation configurationFile"
        ),
        beside=_words("template"),
        patterns=_words("paths.include paths.exclude"),
        folders=_words("workingDirectory workDir cwd"),
        variables=_words("variables env"),
        powershell=_words("powershell pwsh"),
        foreign=_words("tasks triggers namespace services models sources"),
    ),
    Service(
        "circleci",
        re.compile(r"(?:.*/)?\.circleci/[^/]*\.ya?ml"),
        commands=_words("command run"),
        paths=_words("path paths root config-path"),
        folders=_words("working_directory app-dir"),
        variables=_words("environment"),
    ),
    Service(
        "bitbucket-pipelines",
        re.compile(r"bitbucket-pipelines\.ya?ml"),
        commands=_words("script after-script"),
        paths=_words("file"),
        patterns=_words("includePaths excludePaths artifacts"),
        variables=_words("variables"),
    ),
    Service(
        "travis",
        re.compile(r"(?:.*/)?\.travis\.ya?ml"),
        commands=_words(
            "script install before_install before_script after_script after_success after_failure"
            " before_deploy after_deploy before_cache"
        ),
        paths=_words("file local_dir local-dir directories"),
        variables=_words("env global"),
    ),
    Service(
        "codebuild",
        re.compile(r"(?:.*/)?(?:[\w.-]*[.-])?buildspec[^/]*\.ya?ml"),
        commands=_words("commands"),
        patterns=_words("files paths"),
        folders=_words("base-directory"),
        variables=_words("variables"),
    ),
    Service(
        "cloudbuild",
        re.compile(r"(?:.*/)?(?:[\w.-]*[.-])?cloudbuild[^/]*\.ya?ml"),
        commands=_words("script"),
        paths=_words("args"),
        folders=_words("dir"),
        variables=_words("env"),
    ),
    Service(
        "drone",
        re.compile(r"\.(?:drone|woodpecker)\.ya?ml|\.woodpecker/[^/]*\.ya?ml"),
        commands=_words("commands"),
        paths=_words("dockerfile context path"),
        variables=_words("environment"),
    ),
    Service(
        "appveyor",
        re.compile(r"\.?appveyor\.ya?ml"),
        commands=_words("sh"),
        paths=_words("path"),
        variables=_words("environment"),
        powershell=_words("ps pwsh cmd"),
    ),
)  # fmt: skip


def is_pipeline(path: str) -> bool:
    """Tell whether a file is a pipeline of one of the services, by its path."""
    return _service(path) is not None


def read_pipeline(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what a pipeline names."""
    service = _service(path)
    if service is None:
        return
    page = Page(text, path, tree, service.kind)
    for document in documents_of(text):
        if not service.foreign.isdisjoint(entries(document)):
            continue
        yield from hashed_files(document, text, page.surroundings())
        yield from _Walk(service, page, set()).walk(document, page.surroundings())


def _service(path: str) -> Service | None:
    return next((service for service in SERVICES if service.file.fullmatch(path)), None)


@dataclass(frozen=True)
class _Walk:
    service: Service
    page: Page
    seen: set[int]

    def walk(
        self, node: Node, around: Surroundings, depth: int = 0, above: str = ""
    ) -> Iterator[Reference]:
        """Yield what a node and all below it name; ``above`` is the key that it stands under."""
        if depth > _DEEPEST or id(node) in self.seen or len(self.seen) > _MOST_NODES:
            return
        self.seen.add(id(node))
        if isinstance(node, SequenceNode):
            for item in node.value:
                yield from self.walk(item, around, depth + 1, above)
        if isinstance(node, MappingNode):
            parts = entries(node)
            around = self._surroundings(parts, around)
            for name, (_, value) in parts.items():
                if name == "args" and name in self.service.paths:
                    yield from self._arguments(parts, around)
                    continue
                yield from self._named(name, above, value, around)
                if not isinstance(value, ScalarNode):
                    yield from self.walk(value, around, depth + 1, name)

    def _surroundings(
        self, parts: dict[str, tuple[Node, Node]], around: Surroundings
    ) -> Surroundings:
        """Return the surroundings that a mapping gives to what is in it."""
        for name in self.service.variables & parts.keys():
            around = self.page.variables(parts[name][1], around)
        if not parts.keys().isdisjoint(_CHECKS_OUT):
            return around
        for name in sorted(self.service.folders & parts.keys()):
            around = self.page.entered(around, parts[name][1])
        return around

    def _named(
        self, name: str, above: str, value: Node, around: Surroundings
    ) -> Iterator[Reference]:
        """Yield what a value names, as its key says how to read it."""
        service, page = self.service, self.page
        at_root = replace(around, base=page.surroundings().base)
        if isinstance(value, MappingNode):
            if name in service.variables:
                yield from page.variable_paths(value, at_root)
        elif name in service.variables:
            yield from page.variable_paths(value, at_root)
        elif name in service.commands:
            yield from page.script(value, around)
        elif name in service.powershell:
            yield from page.script(value, around, Dialect.POWERSHELL)
        elif name in service.folders:
            yield from page.paths(value, at_root)
        elif name in service.beside:
            yield from self._beside(value)
        elif name in service.paths:
            yield from page.paths(value, around if service.kind != "azure-pipelines" else at_root)
        elif name in service.patterns or f"{above}.{name}" in service.patterns:
            yield from page.patterns(value, around)

    def _beside(self, value: Node) -> Iterator[Reference]:
        """Yield a path that counts from the file, or from the root if it begins with a slash."""
        own = self.page.surroundings()
        if (text_of(value) or "").startswith("/"):
            yield from self.page.patterns(value, own)
        else:
            yield from self.page.paths(value, replace(own, base=beside(self.page.path)))

    def _arguments(
        self, parts: dict[str, tuple[Node, Node]], around: Surroundings
    ) -> Iterator[Reference]:
        """Yield what the arguments of a program name: paths, and scripts for a shell."""
        value = parts["args"][1]
        for scalar in items_of(value, self.page.text):
            if re.search(r"\s", scalar.value.strip()):
                yield from script_references([scalar], self.page.text, around)
        image = text_of(parts.get("name", (None, None))[1]) or ""
        builder = basename(image.partition(":")[0]) if "cloud-builders/" in image else ""
        program = text_of(parts.get("entrypoint", (None, None))[1]) or builder
        if basename(program) not in _SHELLS:
            yield from self.page.listed(value, around, (program,) if program else ())
