"""The facts about one Django project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DjangoApp:
    """An app: its folder, its dotted name as ``INSTALLED_APPS`` has it, and its label."""

    folder: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class DjangoCommand:
    """A management command: what ``manage.py`` calls it, its module and the app it is in.

    ``hidden_by`` is the module of a command of the same name that Django takes instead, or empty.
    """

    name: str
    path: str
    app: DjangoApp
    hidden_by: str = ""


@dataclass(frozen=True, slots=True)
class DjangoProject:
    """A Django project, or apps that stand without one.

    ``folder`` is the folder that dotted names are found from when ``manage.py`` runs. ``name`` is
    what the project calls itself, as a name that can be imported, or empty. ``settings`` are the
    paths of its settings modules, the one that ``manage.py`` names first. ``files`` are all tracked
    files that belong to it, of any kind. ``skeleton`` are those of them that only Django needs,
    each with the reason: they go to quarantine. ``command_modules`` are the modules in
    ``management/commands/``, commands or not. What is in ``files`` and in neither of the two works
    without the framework.
    """

    folder: str
    name: str
    managers: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    apps: tuple[DjangoApp, ...] = ()
    commands: tuple[DjangoCommand, ...] = ()
    files: frozenset[str] = frozenset()
    skeleton: Mapping[str, str] = field(default_factory=dict)
    command_modules: frozenset[str] = frozenset()
