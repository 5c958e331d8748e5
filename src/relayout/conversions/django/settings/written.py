"""The whole text of the package's settings module."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from relayout.conversions.django.settings.chosen import Chosen
from relayout.conversions.django.settings.defaults import DEFAULTS
from relayout.conversions.django.settings.import_lines import import_lines, used_names
from relayout.conversions.django.settings.module_names import ModuleNames, with_new_names
from relayout.conversions.django.settings.modules import Step
from relayout.conversions.django.settings.places import Placed, adjust_places
from relayout.conversions.django.settings.process import with_own_filters
from relayout.conversions.django.settings.rendered import render
from relayout.conversions.django.settings.slices import has_place
from relayout.conversions.django.settings.understood import LIBRARIES
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination

_ADDRESSES = ("MEDIA_URL", "STATIC_URL")
"""What Django puts a slash in front of, where they are relative
(https://docs.djangoproject.com/en/5.2/ref/settings/#static-url)."""


@dataclass(frozen=True, slots=True)
class Written:
    """The module's text, its paths, and the libraries that it imports by their import names.

    ``filters`` are the filters of logging that the package has in the place of Django's.
    """

    text: str
    placed: Placed
    libraries: tuple[str, ...]
    filters: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_module(
    chosen: Chosen,
    path: str,
    package: str,
    destination: Destination,
    names: ModuleNames,
    places: Mapping[str, str],
) -> Written:
    """Return the settings module that stands at ``path``.

    ``names`` are those of modules now; ``places`` are as :func:`adjust_places` takes them.
    """
    placed, head, offset = Placed("", {}), "", 0
    if chosen.module is not None and chosen.numbers:
        rendered = render(chosen.module, chosen.numbers)
        before = import_lines(chosen.module, used_names(rendered))
        steps = [chosen.module.steps[n] for n in sorted(chosen.numbers)]
        base = next((s.path for s in steps if has_place(s)), chosen.module.path)
        placed = adjust_places(f"{before}{rendered}", base, path, destination, places)
        body = with_new_names(placed.text[len(before) :], names.new_name)
        head = import_lines(chosen.module, used_names(body))
        placed = replace(placed, text=body)
        offset = -before.count("\n")
    filters: tuple[str, ...] = ()
    if "LOGGING" in chosen.for_process:
        body, filters = with_own_filters(placed.text, package)
        placed = replace(placed, text=body)
    parts = [_docstring(chosen), head, _defaults(chosen)]
    above = "\n".join(part for part in parts if part)
    if placed.text.startswith(("def ", "@")):
        above += "\n"
    text = "\n".join(part for part in [above, placed.text, _addresses(chosen)] if part)
    offset += above.count("\n") + 1
    findings = tuple(replace(f, line=f.line + offset) for f in placed.findings)
    return Written(text, placed, tuple(sorted(set(_libraries(head)))), filters, findings)


def _docstring(chosen: Chosen) -> str:
    if chosen.module is None:
        about = "Settings that the package's code asks for; no settings module set them."
    else:
        about = f"Settings that the package's code uses, as {chosen.module.path} had them."
    return f'"""{about}"""\n'


def _defaults(chosen: Chosen) -> str:
    names = sorted(set(chosen.defaults))
    if not names:
        return ""
    lines = [f"{name} = {DEFAULTS[name]}\n" for name in names]
    return "".join(["# What Django sets where a project does not:\n", *lines])


def _addresses(chosen: Chosen) -> str:
    text = ""
    for name in _ADDRESSES:
        if name in chosen.names and chosen.module is not None:
            values = list(_values(chosen.module.steps, name))
            if not values or not all(map(_is_absolute, values)):
                text += (
                    f'if {name} is not None and not {name}.startswith(("/", "http://", "https://")):\n'
                    f'    {name} = f"/{{{name}}}"\n'
                )
    return text


def _values(steps: list[Step], name: str) -> Iterator[ast.expr]:
    for step in steps:
        if isinstance(step.node, ast.Assign):
            if any(isinstance(t, ast.Name) and t.id == name for t in step.node.targets):
                yield step.node.value


def _is_absolute(value: ast.expr) -> bool:
    text = value.value if isinstance(value, ast.Constant) else None
    return isinstance(text, str) and text.startswith(("/", "http://", "https://"))


def _libraries(head: str) -> Iterator[str]:
    for statement in ast.parse(head).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            named = [a.name for a in statement.names]
            if isinstance(statement, ast.ImportFrom):
                named = [statement.module or ""]
            tops = {name.partition(".")[0] for name in named}
            yield from tops & LIBRARIES.keys()
