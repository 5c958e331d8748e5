"""The modules that stand in for Django's, as files with no more than what a package uses.

The functions stand in ``standalone``, where they are linted, typed and tested like the rest.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from relayout.source import nodes_in

FOLDER = "standalone"
_WIDTH = 88

EXCEPTIONS = "django.core.exceptions"

PROVIDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        EXCEPTIONS: frozenset(
            {
                *("ImproperlyConfigured", "MultipleObjectsReturned", "ObjectDoesNotExist"),
                *("PermissionDenied", "SuspiciousFileOperation", "SuspiciousOperation"),
            }
        ),
        "django.core.serializers.json": frozenset({"DjangoJSONEncoder"}),
        "django.utils.crypto": frozenset(
            {"RANDOM_STRING_CHARS", "constant_time_compare", "get_random_string"}
        ),
        "django.utils.dateparse": frozenset({"parse_date", "parse_datetime", "parse_time"}),
        "django.utils.encoding": frozenset(
            {"force_bytes", "force_str", "smart_bytes", "smart_str"}
        ),
        "django.utils.functional": frozenset({"cached_property"}),
        "django.utils.html": frozenset({"escape"}),
        "django.utils.module_loading": frozenset({"import_string"}),
        "django.utils.text": frozenset({"capfirst", "slugify"}),
        "django.utils.timezone": frozenset(
            {
                *("datetime", "get_current_timezone", "get_current_timezone_name"),
                *("get_default_timezone", "get_default_timezone_name", "get_fixed_timezone"),
                *("is_aware", "is_naive", "localdate", "localtime", "make_aware", "make_naive"),
                *("now", "timedelta", "timezone", "tzinfo", "utc"),
            }
        ),
        "django.utils.translation": frozenset(
            {
                *("gettext", "gettext_lazy", "gettext_noop", "ngettext", "npgettext", "pgettext"),
                "pgettext_lazy",
            }
        ),
    }
)
"""What each module of Django has that a module of the same last name has here."""


MODULES: Mapping[str, str] = MappingProxyType(
    {module.rpartition(".")[2]: module for module in PROVIDED}
)
"""The modules of Django by the names of those that stand in for them."""


def standalone_file(
    module: str,
    names: Iterable[str],
    values: Mapping[str, object],
    carried: Collection[str] = (),
    settings: str = "",
) -> bytes:
    """Return a module with some functions, and with what they need of the module that has all.

    ``module`` is the module of Django that it stands in for. ``values`` are those of constants that
    the project decides; ``carried`` are constants that come from the module ``settings``.
    """
    wanted = frozenset(names)
    text, parsed = _source(module.rpartition(".")[2])
    needed = _with_needed(wanted, parsed)
    imports, constants, definitions, local = [], [], [], []
    exported: set[str] = set()
    for statement in parsed.body:
        bound = _bound(statement) & needed
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            continue
        if isinstance(statement, ast.Import | ast.ImportFrom):
            exported |= bound & wanted
            imports += [_import(statement, bound)] if bound else []
        elif isinstance(statement, ast.Assign) and bound:
            name = next(iter(bound))
            if name in carried:
                local.append(name)
            else:
                set_to = f"{name} = {values[name]!r}" if name in values else _code(text, statement)
                constants.append(set_to)
        elif bound:
            definitions.append(_code(text, statement))
    if exported:
        constants.insert(0, _listed(wanted))
    head = [f'"""{ast.get_docstring(parsed)}"""', "from __future__ import annotations"]
    blocks = [*head, *(["\n".join(imports)] if imports else [])]
    blocks += [f"from {settings} import {', '.join(sorted(local))}"] if local else []
    blocks += ["\n".join(constants).replace("'", '"')] if constants else []
    parts = ["\n\n".join(blocks), *definitions]
    return ("\n\n\n".join(parts) + "\n").encode()


def package_file() -> bytes:
    """Return the ``__init__.py`` of the folder that the modules are written to."""
    return files(__package__).joinpath(FOLDER).joinpath("__init__.py").read_bytes()


def needs_time_zones(module: str, names: Iterable[str]) -> bool:
    """Tell whether some functions of a module look up a time zone by its name."""
    return "ZoneInfo" in _with_needed(frozenset(names), _source(module.rpartition(".")[2])[1])


@cache
def _source(name: str) -> tuple[str, ast.Module]:
    text = files(__package__).joinpath(FOLDER).joinpath(f"{name}.py").read_text("utf-8")
    return text, ast.parse(text)


def _with_needed(wanted: frozenset[str], module: ast.Module) -> frozenset[str]:
    """Return names with all names of the module that what they stand for uses."""
    uses: dict[str, set[str]] = {}
    for statement in module.body:
        nodes = nodes_in(statement)
        inner = {node.id for node in nodes if isinstance(node, ast.Name)}
        inner -= {node.arg for node in nodes if isinstance(node, ast.arg)}
        for name in _bound(statement):
            uses.setdefault(name, set()).update(inner)
    needed: set[str] = set()
    pending = list(wanted)
    while pending:
        name = pending.pop()
        if name in uses and name not in needed:
            needed.add(name)
            pending += uses[name]
    return frozenset(needed)


def _bound(statement: ast.stmt) -> frozenset[str]:
    """Return the names that a statement at the top level of a module binds."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return frozenset(alias.asname or alias.name for alias in statement.names)
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return frozenset({statement.name})
    if isinstance(statement, ast.Assign):
        names = frozenset(t.id for t in statement.targets if isinstance(t, ast.Name))
        return names - {"__all__"}
    return frozenset()


def _import(statement: ast.Import | ast.ImportFrom, names: frozenset[str]) -> str:
    kept = [alias for alias in statement.names if (alias.asname or alias.name) in names]
    if isinstance(statement, ast.Import):
        return ast.unparse(ast.Import(kept))
    return ast.unparse(ast.ImportFrom(statement.module, kept, statement.level))


def _listed(names: frozenset[str]) -> str:
    """Return the names that a module exports, on lines of their own where there are many."""
    quoted = [f'"{name}"' for name in sorted(names)]
    line = f"__all__ = [{', '.join(quoted)}]"
    if len(line) <= _WIDTH:
        return line
    return "\n".join(["__all__ = [", *(f"    {name}," for name in quoted), "]"])


def _code(text: str, statement: ast.stmt) -> str:
    """Return the code of a statement, with its decorators."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(text.splitlines()[first - 1 : statement.end_lineno])
