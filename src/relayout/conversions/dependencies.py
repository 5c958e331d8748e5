"""Requirements of other files go into ``pyproject.toml``, each where the project has its own.

That is ``[project]`` (PEP 621) and ``[dependency-groups]`` (PEP 735), or Poetry's tables
(https://python-poetry.org/docs/pyproject/#dependencies-and-dependency-groups). What is a folder of
the repository is named in the words of what installs it: ``[tool.uv.sources]``
(https://docs.astral.sh/uv/concepts/projects/dependencies/#path), a path of Poetry's, or, for pip,
a direct reference of Hatchling's (https://hatch.pypa.io/latest/config/dependency/#local).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from posixpath import normpath
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from relayout.conversions.contradictions import weighed
from relayout.conversions.group_conflicts import TOGETHER, environments, tell_apart
from relayout.conversions.poetry_form import Unfit, poetry_entry, with_entry
from relayout.conversions.toml_text import Inline
from relayout.inventory.declared import (
    Declared,
    distribution_name,
    is_requirement,
    parse_requirement,
    requirement_text,
    table_at,
)
from relayout.planning.plan import Finding

PATH = "pyproject.toml"
_OF_GROUPS = frozenset({"uv", "pip"})
"""Managers that read groups as PEP 735 has them, and not Poetry's."""


def uses_poetry(document: Mapping[str, Any]) -> bool:
    """Tell whether Poetry's tables describe the project as a whole, as they did before Poetry 2."""
    return "name" in table_at(document, "tool", "poetry") and "project" not in document


def backend_of(document: Mapping[str, Any]) -> str:
    """Return the build backend that a document names; empty if it names none."""
    return str(table_at(document, "build-system").get("build-backend", ""))


def wire_dependencies(
    document: dict[str, Any], requirements: Sequence[Declared], manager: str
) -> list[Finding]:
    """Add what the document lacks of these requirements; return what could not be added.

    ``manager`` is what installs the project: ``uv``, ``poetry`` or ``pip``.
    """
    has = list(_declared_there(document))
    wanted = [d for d in requirements if not d.problem]
    alone = environments([*has, *wanted])
    problems = [d for d in requirements if d.problem]
    if manager not in _OF_GROUPS:
        problems += _of_environments(wanted, alone)
        wanted = [d for d in wanted if d.group not in alone]
    groups = {d.group for d in wanted} - TOGETHER if manager in _OF_GROUPS else set()
    found = weighed([*has, *wanted], may_part=groups)
    kept = [d for d in found.kept if d.file != PATH]
    problems += [d for d in found.problems if d.file != PATH]
    for group in dict.fromkeys(d.group for d in kept):
        known = _known(document, group)
        missing = [d for d in kept if d.group == group]
        missing = [d for d in missing if distribution_name(d.text) not in known]
        problems += _wire_group(document, group, missing, manager)
    _allow_direct_references(document)
    if manager == "uv":
        tell_apart(document, found.apart, alone)
    return [_finding(declared) for declared in problems]


def _finding(declared: Declared) -> Finding:
    message = f"{declared.shown!r} {declared.problem}; it stays in {declared.file} only"
    return Finding("requirement-not-wired", declared.file, declared.line, message)


def _of_environments(wanted: Sequence[Declared], alone: Collection[str]) -> Iterator[Declared]:
    """Yield a problem for each file with an environment of its own, where no group can be one."""
    said = "and what follows is an environment of its own, and all groups are solved together"
    firsts = {d.file: d for d in reversed(wanted) if d.group in alone}
    yield from (_unfit(declared, said) for declared in firsts.values())


def _unfit(declared: Declared, problem: str) -> Declared:
    return Declared(declared.text, declared.file, declared.line, declared.group, problem)


# -- where


def _declared_there(document: Mapping[str, Any]) -> Iterator[Declared]:
    """Yield what the document's own lists require."""
    groups = {"": table_at(document, "project").get("dependencies", [])}
    paths = _local_paths(document)
    for group, items in {**groups, **table_at(document, "dependency-groups")}.items():
        for text in items if isinstance(items, list) else []:
            if is_requirement(text):
                path = text.partition("{root:uri}/")[2].partition(" ;")[0]
                path = path or paths.get(distribution_name(text), "")
                yield Declared(text, PATH, 0, group, path=path)


def _local_paths(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the folders of the repository that requirements are installed from, by name."""
    poetry = table_at(document, "tool", "poetry")
    tables = [table_at(document, "tool", "uv", "sources"), table_at(poetry, "dependencies")]
    tables += [table_at(group, "dependencies") for group in table_at(poetry, "group").values()]
    return {
        distribution_name(name): normpath(entry["path"])
        for table in tables
        for name, entry in table.items()
        if isinstance(entry, dict) and isinstance(entry.get("path"), str)
    }


def _known(document: Mapping[str, Any], group: str) -> set[str]:
    """Return the names of what a group of the document has, in whichever form it has it."""
    poetry = table_at(document, "tool", "poetry")
    if not group:
        listed = table_at(document, "project").get("dependencies", [])
        tables = [table_at(poetry, "dependencies")]
    else:
        listed = table_at(document, "dependency-groups").get(group, [])
        tables = [table_at(poetry, "group", group, "dependencies")]
        tables += [table_at(poetry, "dev-dependencies")] if group == "dev" else []
        if not tables[0]:
            listed = [*listed, *_extra_of_poetry(poetry, group)]
    texts = [text for text in listed if isinstance(text, str)]
    return {distribution_name(text) for text in [*texts, *(n for t in tables for n in t)]}


def _extra_of_poetry(poetry: Mapping[str, Any], group: str) -> list[str]:
    names = table_at(poetry, "extras").get(group, [])
    return names if isinstance(names, list) else []


def _poetry_table(document: dict[str, Any], group: str, manager: str) -> dict[str, Any] | None:
    """Return Poetry's table for a group, made if need be; None if another form is the project's."""
    poetry = table_at(document, "tool", "poetry")
    project = document.get("project")
    if not group:
        if not uses_poetry(document):
            own = set(table_at(poetry, "dependencies")) - {"python"}
            if not own or not isinstance(project, dict) or "dependencies" in project:
                return None
        return _made(poetry, "dependencies")
    if group == "dev" and table_at(poetry, "dev-dependencies") and manager not in _OF_GROUPS:
        return _made(poetry, "dev-dependencies")
    has_group = group in table_at(document, "dependency-groups") or manager in _OF_GROUPS
    if has_group or not (uses_poetry(document) or table_at(poetry, "group")):
        return None
    return _made(poetry, "group", group, "dependencies")


def is_in_poetrys_groups(document: Mapping[str, Any], manager: str) -> bool:
    """Tell whether the project has its groups in Poetry's tables, and none of PEP 735."""
    if manager in _OF_GROUPS:
        return False
    poetry = table_at(document, "tool", "poetry")
    groups = poetry.get("group") or poetry.get("dev-dependencies")
    return "dependency-groups" not in document and bool(groups or uses_poetry(document))


def _made(table: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        table = table.setdefault(name, {})
    return table


# -- what


def _wire_group(
    document: dict[str, Any], group: str, missing: Sequence[Declared], manager: str
) -> list[Declared]:
    """Add requirements to a group; return those that it cannot have, each with its problem."""
    if not missing:
        return []
    table = _poetry_table(document, group, manager)
    if table is not None:
        return list(_into_poetry(table, missing))
    if not group and "dependencies" in table_at(document, "project").get("dynamic", []):
        read = set(_dynamic_files(document))
        said = "is not in pyproject.toml, which declares dependencies in its own way"
        return [_unfit(d, said) for d in missing if d.file not in read]
    problems = []
    for declared in missing:
        if not declared.path:
            _list_of(document, group).append(declared.text)
        elif not _wire_local(document, group, declared, manager):
            problems.append(_unfit(declared, "is a path of the repository, which pip takes alone"))
    return problems


def _list_of(document: dict[str, Any], group: str) -> list[Any]:
    if not group:
        items = document.setdefault("project", {}).setdefault("dependencies", [])
    else:
        items = document.setdefault("dependency-groups", {}).setdefault(group, [])
    if not isinstance(items, list):
        raise TypeError(f"the dependencies of {group or 'the project'} are no list")
    return items


def _into_poetry(table: dict[str, Any], missing: Sequence[Declared]) -> Iterator[Declared]:
    for declared in missing:
        try:
            name, value = poetry_entry(declared.text, declared.path, declared.is_editable)
        except Unfit as unfit:
            yield _unfit(declared, str(unfit))
        else:
            with_entry(table, name, value)


def _wire_local(document: dict[str, Any], group: str, declared: Declared, manager: str) -> bool:
    """Add a folder or file of the repository; return False if the manager has no words for it."""
    if manager == "uv":
        source = Inline(workspace=True) if declared.is_member else Inline(path=declared.path)
        if declared.is_editable and not declared.is_member:
            source["editable"] = True
        name = parse_requirement(declared.text).name
        _made(document, "tool", "uv", "sources").setdefault(name, source)
        _list_of(document, group).append(declared.text)
        return True
    if manager == "poetry":
        name, value = poetry_entry(declared.text, declared.path, declared.is_editable)
        places = ("poetry", "group", group) if group else ("poetry",)
        with_entry(_made(document, "tool", *places, "dependencies"), name, value)
        if not group:
            _list_of(document, group).append(declared.text)
        return True
    if group or "hatchling" not in backend_of(document):
        return False
    requirement = parse_requirement(declared.text)
    url = f"{{root:uri}}/{declared.path}"
    marker, extras = str(requirement.marker or ""), sorted(requirement.extras)
    text = requirement_text(requirement.name, extras, url=url, marker=marker)
    _list_of(document, group).append(text)
    return True


def _dynamic_files(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the requirements files that the build backend reads dependencies from.

    See https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata.
    """
    said = table_at(document, "tool", "setuptools", "dynamic", "dependencies").get("file", [])
    hook = table_at(document, "tool", "hatch", "metadata", "hooks", "requirements_txt")
    for files in (said, hook.get("files", [])):
        yield from [files] if isinstance(files, str) else map(str, files)


def _allow_direct_references(document: dict[str, Any]) -> None:
    """Let Hatchling take requirements that are URLs.

    See https://hatch.pypa.io/latest/config/metadata/#allowing-direct-references.
    """
    project = table_at(document, "project")
    lists = [project.get("dependencies", [])]
    lists += table_at(project, "optional-dependencies").values()
    texts = [text for items in lists if isinstance(items, list) for text in items]
    if "hatchling" in backend_of(document) and any(map(_is_direct_reference, texts)):
        _made(document, "tool", "hatch", "metadata")["allow-direct-references"] = True


def _is_direct_reference(text: object) -> bool:
    return isinstance(text, str) and is_requirement(text) and bool(parse_requirement(text).url)


# -- what the template brings


def own_requirements(
    document: Mapping[str, Any], requirements: Sequence[Declared], manager: str = ""
) -> dict[str, str]:
    """Return the repository's requirements by name; the text is empty for what is always there.

    Those of groups that ``manager`` can keep apart from the layout's do not count.
    """
    own: dict[str, str] = {}
    project = table_at(document, "project")
    for tables in (table_at(document, "dependency-groups"), project.get("optional-dependencies")):
        for items in (tables or {}).values():
            own |= {distribution_name(text): text for text in items if isinstance(text, str)}
    for tool in ("uv", "pdm"):  # their groups from before PEP 735
        listed = table_at(document, "tool", tool).get("dev-dependencies", [])
        for items in listed.values() if isinstance(listed, dict) else [listed]:
            own |= {distribution_name(text): text for text in items if isinstance(text, str)}
    can_part = manager in _OF_GROUPS
    wanted = [d for d in requirements if not d.problem]
    wanted = [d for d in wanted if d.group in TOGETHER or not can_part]
    own |= {distribution_name(d.text): d.text for d in wanted if d.group and not d.path}
    main = [d.text for d in wanted if not d.group]
    poetry = table_at(document, "tool", "poetry")
    main += [*table_at(poetry, "dependencies"), *table_at(poetry, "dev-dependencies")]
    for group in table_at(poetry, "group").values():
        main += table_at(group, "dependencies")
    main += project.get("dependencies", [])
    return own | {distribution_name(text): "" for text in main}


def prefer_own(brought: Mapping[str, Any], own: Mapping[str, str], pythons: str) -> None:
    """Drop requirements of the template that the repository has, or put its own in their place.

    Its own go into the group if they are not always there: two pins of one name may contradict.
    What the template brings itself is asked for only where its own Python is: ``pythons`` are the
    versions that the repository admits.
    """
    marker = _marker_of(table_at(brought, "project").get("requires-python", ""), pythons)
    extras = table_at(brought, "project", "optional-dependencies")
    for groups in (table_at(brought, "dependency-groups"), extras):
        for group, items in groups.items():
            texts = [
                own.get(distribution_name(item), _marked(item, marker))
                if isinstance(item, str)
                else item
                for item in items
            ]
            groups[group] = [text for text in texts if text]


def _marker_of(least: str, pythons: str) -> str:
    """Return the marker that holds from ``>=3.N`` on; empty if nothing older is admitted."""
    wanted = least.removeprefix(">=")
    if not wanted.startswith("3.") or not wanted[2:].isdigit():
        return ""
    older = [f"3.{minor}" for minor in range(int(wanted[2:]))]
    return f"python_version >= '{wanted}'" if admits_any(pythons, older) else ""


def admits_any(pythons: str, versions: Collection[str]) -> bool:
    """Tell whether a specifier of PEP 440 or of Poetry's admits any of these versions of Python."""
    text = pythons.replace(" ", "")
    if text.startswith(("^", "~")) and not text.startswith("~="):
        text = f">={text[1:]}"
    try:
        specifier = SpecifierSet(text)
    except InvalidSpecifier:
        return False
    return bool(text) and any(specifier.contains(f"{version}.99") for version in versions)


def _marked(text: str, marker: str) -> str:
    if not marker:
        return text
    requirement = parse_requirement(text)
    both = f"{requirement.marker} and {marker}" if requirement.marker else marker
    head = text.partition(";")[0].rstrip()
    return f"{head}; {both}".replace('"', "'")
