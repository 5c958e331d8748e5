"""Which uses of Django's ORM a file has, and what is said of those that do not work any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from relayout.conversions.django.found_uses import FileUses, ImportNode
from relayout.conversions.django.model_modules import ModelModules, label_of, model_lookups
from relayout.conversions.django.use_kinds import Needs, failure, kind_of
from relayout.inventory.django import DjangoProject
from relayout.planning.plan import Finding

CODE = "orm-use"

_USER = "django.contrib.auth.get_user_model"
_APPS = ("django.apps.apps", "django.apps.registry.apps")


@dataclass(frozen=True, slots=True)
class OrmUse:
    """A name of the ORM that a file uses, in lines of the file before.

    ``is_model`` tells of a model of the repository, whose app has the ``label``. ``problem`` says
    why it does not work any more; it is empty if an external package or Django itself has what is
    used. ``needs_setup`` tells that Django must be set up for it.
    """

    name: str
    node: ImportNode
    lines: tuple[int, ...]
    is_model: bool
    label: str = ""
    problem: str = ""
    needs_setup: bool = True
    needs_connection: bool = False


def orm_uses(file: FileUses, modules: ModelModules, project: DjangoProject) -> list[OrmUse]:
    """Return the uses of the ORM in a file, by the order of their imports."""
    found = [*_of_models(file, modules, project), *_of_django(file, modules)]
    return sorted(found, key=lambda use: (use.lines[0], use.name))


def _of_models(file: FileUses, modules: ModelModules, project: DjangoProject) -> Iterator[OrmUse]:
    for path, imported in file.models:
        label = label_of(path, project)
        problem = ""
        if path not in modules.external:
            problem = f"its module is in quarantine: {failure(imported.is_lazy)}"
        known = modules.classes.get(path)
        for name, lines in imported.names.items():
            if known is None or name == modules.names[path] or name.rpartition(".")[2] in known:
                yield OrmUse(name, imported.node, tuple(lines), True, label, problem)


def _of_django(file: FileUses, modules: ModelModules) -> Iterator[OrmUse]:
    for imported in file.django:
        for name, lines in imported.names.items():
            kind = kind_of(name)
            if kind.is_orm:
                says = kind.needs.text(imported.is_lazy, imported.is_early(name))
                problem = "" if modules.has_schema else says
                yield OrmUse(
                    name,
                    imported.node,
                    tuple(lines),
                    False,
                    problem=problem or _why_not_found(name, file, modules),
                    needs_setup=kind.needs is not Needs.NEVER,
                    needs_connection=kind.needs_connection,
                )


def _why_not_found(name: str, file: FileUses, modules: ModelModules) -> str:
    """Return why Django finds no model for a use although it is set up, or an empty string."""
    if name == _USER and modules.user_label not in modules.labels:
        return "no schema package is known to have the app of AUTH_USER_MODEL"
    if name not in _APPS:
        return ""
    lookups = model_lookups(file.module)
    unknown = [str(lookup.line) for lookup in lookups if lookup.label is None]
    if unknown:
        return f"which app is asked for cannot be told ({lines_text(unknown)})"
    missing = sorted({str(lookup.label) for lookup in lookups} - modules.labels)
    return f"no schema package has the app {', '.join(missing)}" if missing else ""


def about_orm(
    uses: Sequence[OrmUse], new_path: str, modules: ModelModules, setup: str
) -> list[Finding]:
    """Return findings for the uses of a file that a person must see to.

    ``setup`` is the dotted name of the module that sets Django up for the file, or empty.
    """
    found: dict[str, OrmUse] = {}
    for use in uses:
        if use.problem:
            first = found.get(use.name, use)
            lines = tuple(sorted({*first.lines, *use.lines}))
            found[use.name] = replace(first, lines=lines)
    return [_finding(use, new_path, modules, setup) for use in found.values()]


def _finding(use: OrmUse, new_path: str, modules: ModelModules, setup: str) -> Finding:
    problem, advice = use.problem, _advice(use, modules)
    if setup and not modules.has_schema:
        advice = "Django stays a dependency for it, as a library."
        if use.needs_setup:
            problem = f"{setup} sets Django up for it, with the database of the project's settings"
    what = ", a model of Django, is used" if use.is_model else " of Django's ORM is used"
    message = f"{use.name}{what} ({lines_text(use.lines)}): {problem}"
    return Finding(CODE, new_path, use.lines[0], message, advice)


def lines_text(lines: Sequence[object]) -> str:
    """Return lines of a file as a message has them."""
    listed = ", ".join(str(line) for line in lines)
    return f"lines {listed} before" if len(lines) > 1 else f"line {listed} before"


def _advice(use: OrmUse, modules: ModelModules) -> str:
    if use.label:
        return f"Say which package has the app: --schema-package PACKAGE={use.label}"
    if use.name == _USER and modules.user_label not in (None, "auth"):
        return f"Say which package has the app: --schema-package PACKAGE={modules.user_label}"
    return "Say which package has the models: --schema-package PACKAGE=APP[,APP]"
