"""Loads and checks recipes: declarative rules that say where things go in a layout.

A recipe is YAML. Each rule has an ``id``, a ``description``, a ``match``, either ``to`` (paths in
order of preference; the next is taken if one collides) with a ``reason``, or ``keep`` with the
reason as its value, and an ``example``. A recipe that says anything else is refused, with the file
and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from relayout.errors import Refusal

KINDS = (
    "python",
    "test",
    "notebook",
    "document",
    "data",
    "sql",
    "config",
    "workflow",
    "migration",
    "other",
)
USES = (
    "foreign",
    "framework",
    "shim",
    "definitions",
    "pipeline",
    "component",
    "skeleton",
    "project",
    "command",
    "package",
    "run",
    "imported",
    "kept",
    "dead",
    "beside",
    "resource",
)
PLACEHOLDERS = (
    "package",
    "source",
    "project",
    "section",
    "part",
    "within",
    "command",
    "app",
    "path",
    "name",
    "unit",
    "inside",
    "below",
    "home",
    "reader",
    "kind",
    "stage",
    "pipeline",
    "rest",
)
_TESTS = re.compile(r"tests?(?:[_-]\w+)?$|\w+[_-]tests?$")
_MATCHES = {"kind", "use", "folder", "name", "helper", "named", "program", "section"}

_FIELDS = {
    "layout",
    "description",
    "project",
    "package",
    "source",
    "apart",
    "shared",
    "sections",
    "containers",
    "helpers",
    "outside",
    "forbidden",
    "shims",
    "service_data",
    "root_files",
    "rules",
    "installs",
}


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule asks of a file; an empty tuple or None asks nothing."""

    kind: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    folder: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    helper: bool | None = None
    named: bool | None = None
    program: bool | None = None
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``to`` is empty for a rule that keeps files where they are."""

    id: str
    description: str
    match: Match
    to: tuple[str, ...]
    reason: str
    example: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of a package, and which code it holds: by names, and by what it imports."""

    folder: str
    names: frozenset[str]
    imports: frozenset[str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The rules of one layout, in the order in which they are tried.

    ``project`` is the folder that each package has a project of its own in, empty for one project
    in the root. ``package`` is what a package without a name of its own is called. ``source`` is
    the folder of a project that its package is found in; where that is the project itself, all
    pipelines are in one package of the recipe's name, and ``apart`` are folders below it that are
    none of it. ``shared`` is the folder for what stood beside code that has no one place, empty
    for the package itself. The last of the
    ``sections`` holds what no other does. ``forbidden`` are names that no module of a package has.
    ``service_data`` is the folder for what services mount of the folder above it, empty for none.
    ``installs`` tells whether containers install the package and keep every path that they had.
    ``root_files`` is how many files may stand in the root, 0 for any number.
    ``shims`` tells whether old import paths stay alive where a person does not say otherwise.
    """

    layout: str
    description: str
    project: str
    package: str
    source: str
    apart: tuple[str, ...]
    shared: str
    service_data: str
    installs: bool
    sections: tuple[Section, ...]
    containers: frozenset[str]
    helpers: frozenset[str]
    outside: tuple[str, ...]
    forbidden: frozenset[str]
    root_files: int
    shims: bool
    rules: tuple[Rule, ...]

    def is_outside(self, top: str) -> bool:
        """Tell whether code in a top-level folder may stand outside of the package.

        So it may in hidden folders, and in any folder for tests (``tests_integration``).
        """
        return top in self.outside or top.startswith(".") or bool(_TESTS.match(top))

    @property
    def keeps_mounts(self) -> bool:
        """Whether every path that a container had leads to the same file afterwards."""
        return self.installs or bool(self.service_data)

    @property
    def sorts_definitions(self) -> bool:
        """Whether definitions of Dagster have places of their own, by what they are."""
        return any("definitions" in rule.match.use for rule in self.rules)

    @property
    def gathers_pipelines(self) -> bool:
        """Whether the parts of a pipeline have a folder that is theirs."""
        return any("pipeline" in rule.match.use for rule in self.rules)

    @property
    def sorts_components(self) -> bool:
        """Whether files have places by what they are: a DAG, a Spark job, a producer."""
        return any("component" in rule.match.use for rule in self.rules)

    @property
    def places_programs(self) -> bool:
        """Whether programs that people run have a place of their own."""
        return self.gathers_pipelines or self.sorts_components


class _LineLoader(yaml.SafeLoader):
    """Keeps, beside each mapping, the line that it begins on."""


def _construct_mapping(loader: _LineLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    if len(mapping) != len(node.value):
        problem = "a key stands there twice"
        raise yaml.constructor.ConstructorError(problem=problem, problem_mark=node.start_mark)
    mapping[_LINE] = node.start_mark.line + 1
    return mapping


_LINE = "\0line"
_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


class _Checker:
    """Takes values out of parsed YAML and refuses what does not belong there."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, mapping: Mapping[str, Any], problem: str) -> Refusal:
        return Refusal(f"{self.name}:{mapping.get(_LINE, 1)}: {problem}")

    def keys(self, mapping: Mapping[str, Any], allowed: set[str], required: set[str]) -> None:
        found = set(mapping) - {_LINE}
        if found - allowed:
            raise self.refuse(mapping, f"unknown key {sorted(map(str, found - allowed))[0]!r}")
        if required - found:
            raise self.refuse(mapping, f"{sorted(required - found)[0]!r} is missing")

    def strings(
        self, mapping: Mapping[str, Any], key: str, allowed: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        value = mapping.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(mapping, f"{key!r} must be a list of strings")
        for item in value:
            if allowed and item not in allowed:
                raise self.refuse(mapping, f"{key!r}: {item!r} is none of {', '.join(allowed)}")
        return tuple(value)

    def text(self, mapping: Mapping[str, Any], key: str) -> str:
        value = mapping.get(key)
        if not isinstance(value, str) or not value:
            raise self.refuse(mapping, f"{key!r} must be text")
        return value

    def number(self, mapping: Mapping[str, Any], key: str) -> int:
        value = mapping.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.refuse(mapping, f"{key!r} must be a number")
        return value

    def flag(self, mapping: Mapping[str, Any], key: str) -> bool | None:
        value = mapping.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.refuse(mapping, f"{key!r} must be true or false")
        return value


def parse_recipe(text: str, name: str) -> Recipe:
    """Return the recipe in a YAML text; ``name`` stands in messages. Raises Refusal."""
    check = _Checker(name)
    try:
        document = yaml.load(text, Loader=_LineLoader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise Refusal(f"{name}: not valid YAML", str(error).replace("\n", " ")) from None
    if not isinstance(document, dict) or not isinstance(document.get("rules"), list):
        raise Refusal(f"{name}: a recipe is a mapping with a list of rules")
    check.keys(document, _FIELDS, {"layout", "description", "package", "rules"})
    rules = tuple(_rule(check, document, rule) for rule in document["rules"])
    ids = [rule.id for rule in rules]
    for rule, loaded in zip(document["rules"], rules, strict=True):
        if ids.count(loaded.id) > 1:
            raise check.refuse(rule, f"two rules have the id {loaded.id!r}")
    return Recipe(
        layout=check.text(document, "layout"),
        description=check.text(document, "description"),
        project=_project(check, document),
        package=check.text(document, "package"),
        source=_source(check, document),
        apart=check.strings(document, "apart"),
        shared=check.text(document, "shared") if "shared" in document else "",
        service_data=_service_data(check, document),
        installs=bool(check.flag(document, "installs")),
        sections=tuple(_sections(check, document)),
        containers=frozenset(check.strings(document, "containers")),
        helpers=frozenset(check.strings(document, "helpers")),
        outside=check.strings(document, "outside"),
        forbidden=frozenset(check.strings(document, "forbidden")),
        root_files=check.number(document, "root_files"),
        shims=bool(check.flag(document, "shims")),
        rules=rules,
    )


def _project(check: _Checker, document: Mapping[str, Any]) -> str:
    if "project" not in document:
        return ""
    project = check.text(document, "project")
    if not re.fullmatch(r"[\w-]+/\{package\}", project):
        raise check.refuse(document, "'project' must be a folder and {package}: packages/{package}")
    return project


def _service_data(check: _Checker, document: Mapping[str, Any]) -> str:
    if "service_data" not in document:
        return ""
    folder = check.text(document, "service_data")
    if not re.fullmatch(r"[\w-]+/[\w-]+", folder):
        raise check.refuse(document, "'service_data' must be a folder in a folder: data/services")
    return folder


def _source(check: _Checker, document: Mapping[str, Any]) -> str:
    source = check.text(document, "source") if "source" in document else "src"
    if source not in ("src", "."):
        raise check.refuse(document, "'source' must be src, or . for the project's own folder")
    return source.rstrip(".")


def _sections(check: _Checker, document: Mapping[str, Any]) -> Iterator[Section]:
    sections = document.get("sections", {})
    if not isinstance(sections, dict):
        raise check.refuse(document, "'sections' must be a mapping")
    for folder, section in sections.items():
        if folder == _LINE:
            continue
        if not isinstance(folder, str) or not isinstance(section, dict):
            raise check.refuse(sections, "a section is a folder's name with a mapping")
        check.keys(section, {"names", "imports"}, set())
        names, imports = (frozenset(check.strings(section, key)) for key in ("names", "imports"))
        yield Section(folder, names, imports)


def _rule(check: _Checker, document: Mapping[str, Any], rule: Any) -> Rule:
    if not isinstance(rule, dict):
        raise check.refuse(document, "a rule must be a mapping")
    allowed = {"id", "description", "match", "to", "reason", "keep", "example"}
    check.keys(rule, allowed, {"id", "description", "match", "example"})
    if ("to" in rule) == ("keep" in rule):
        raise check.refuse(rule, "a rule has either 'to' or 'keep'")
    to = check.strings(rule, "to")
    for target in to:
        _check_target(check, rule, target)
    match = rule["match"]
    if not isinstance(match, dict) or not isinstance(rule["example"], dict):
        raise check.refuse(rule, "'match' and 'example' must be mappings")
    check.keys(match, _MATCHES, set())
    _check_example(check, rule["example"])
    return Rule(
        id=check.text(rule, "id"),
        description=check.text(rule, "description"),
        match=Match(
            kind=check.strings(match, "kind", KINDS),
            use=check.strings(match, "use", USES),
            folder=check.strings(match, "folder"),
            name=check.strings(match, "name"),
            helper=check.flag(match, "helper"),
            named=check.flag(match, "named"),
            program=check.flag(match, "program"),
            section=check.strings(match, "section"),
        ),
        to=to,
        reason=check.text(rule, "reason" if to else "keep"),
        example={key: value for key, value in rule["example"].items() if key != _LINE},
    )


def _check_example(check: _Checker, example: Mapping[str, Any]) -> None:
    check.keys(
        example, {"path", "use", "kind", "section", "stage", "pipeline", "becomes"}, {"path", "use"}
    )
    for key in example:
        if key != _LINE:
            check.text(example, key)
    for key, known in (("use", USES), ("kind", KINDS)):
        if key in example and example[key] not in known:
            raise check.refuse(example, f"{key!r}: {example[key]!r} is none of {', '.join(known)}")


def _check_target(check: _Checker, rule: Mapping[str, Any], target: str) -> None:
    try:
        shown = target.format_map(dict.fromkeys(PLACEHOLDERS, "x"))
    except (KeyError, ValueError, IndexError, AttributeError):
        known = ", ".join(PLACEHOLDERS)
        raise check.refuse(rule, f"{target!r} has a placeholder that is none of {known}") from None
    if shown.startswith("/") or ".." in shown.split("/"):
        raise check.refuse(rule, f"{target!r} leads out of the repository")
