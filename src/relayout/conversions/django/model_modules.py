"""Which modules of a project are about models, and which of them an external package has."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from relayout.conversions.django.settings import plain_value, set_names
from relayout.inventory import Inventory
from relayout.inventory.django import DjangoApp, DjangoProject
from relayout.inventory.django.apps import is_model
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.installed_apps import strings_assigned
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.names import django_names, dotted_origin
from relayout.inventory.django.origins import is_for_models
from relayout.inventory.search_paths import is_quarantined, module_stem
from relayout.planning.schema_packages import (
    SchemaPackages,
    external_apps,
    external_modules,
    is_model_module,
)
from relayout.rewriting.destination import Destination
from relayout.source import nodes_of
from relayout.tree import is_within

_CONTRIB = frozenset(
    {"admin", "auth", "contenttypes", "flatpages", "redirects", "sessions", "sites"}
)
"""Labels of apps that come with Django and have models."""

_LOOKUPS = frozenset({"django.apps.apps.get_model", "django.apps.registry.apps.get_model"})


@dataclass(frozen=True)
class ModelModules:
    """The modules of models that the package can no longer import from its own code.

    ``names`` are their dotted names by path, ``external`` are those that external packages have.
    Of a module that is about models by some of its classes, ``classes`` has their names.
    ``labels`` are the labels of the apps in them, ``user_label`` is that of the app with the user
    model, None if that cannot be told.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    external: Mapping[str, str] = field(default_factory=dict)
    apps: Mapping[DjangoApp, str] = field(default_factory=dict)
    user_label: str | None = "auth"
    schema_packages: tuple[str, ...] = ()
    installed: tuple[str, ...] = ()
    """The entries of ``INSTALLED_APPS``, as far as they are written out."""

    @property
    def labels(self) -> frozenset[str]:
        """The labels of apps whose models can be had from outside of the repository."""
        return frozenset(app.label for app in self.apps) | _CONTRIB

    @property
    def has_schema(self) -> bool:
        """Whether an external package holds apps of the project."""
        return bool(self.apps)


def find_model_modules(
    inventory: Inventory,
    destination: Destination,
    project: DjangoProject,
    schema_packages: SchemaPackages,
) -> ModelModules:
    """Return the modules of a project that models are imported from."""
    external = external_modules(project, schema_packages)
    finder = inventory.resolver.finder
    folders = (project.folder, "", "src")
    seen = ProjectModules(inventory.tree, inventory.python, finder, folders)
    classes = Classes(seen)
    installed = strings_assigned(seen, project.settings[:1], "INSTALLED_APPS")
    others = {
        path: _model_classes(path, classes)
        for path in _imported(inventory, destination, project) - external.keys()
        if not any(is_model_module(path, app) for app in project.apps)
    }
    about = {path: found for path, found in others.items() if found}
    wanted = _imported(inventory, destination, project) - others.keys()
    names = {path: _dotted(path, project) for path in sorted({*external, *about, *wanted})}
    apps = external_apps(project, schema_packages)
    held = {label for app in apps for label in (app.label,)}
    packages = [name for name, labels in schema_packages if held.intersection(labels)]
    user = _user_label(inventory, project)
    return ModelModules(
        names, about, external, apps, user, tuple(dict.fromkeys(packages)), installed
    )


_LIBRARIES = (
    *("appconf", "classytags", "cms", "constance", "crispy_forms", "formtools", "guardian"),
    *("haystack", "import_export", "mptt", "modelcluster", "ninja", "oauth2_provider"),
    *("parler", "polymorphic", "rest_framework", "reversion", "storages", "sekizai", "swapper"),
    *("taggit", "tastypie", "treebeard", "wagtail", "waffle"),
)
"""Packages that need Django, and do not say so by their import names."""


def packaged_apps(
    modules: ModelModules, inventory: Inventory, project: DjangoProject
) -> frozenset[str]:
    """Return the import names of packages for Django that are neither Django's nor of the tree.

    They are those of the apps that are installed, those of known packages, and those that a module
    imports and that are called ``django_...``.
    """
    tops = {name.partition(".")[0] for name in (*modules.installed, *_LIBRARIES)}
    for path in project.files:
        file = inventory.python.get(path)
        names = (i.module.partition(".")[0] for i in (file.imports if file else ()) if not i.level)
        tops |= {name for name in names if name.startswith("django_")}
    tops -= {"django", ""}
    return frozenset(top for top in tops if not inventory.resolver.finder.knows(top))


def label_of(path: str, project: DjangoProject) -> str:
    """Return the label of the app that a file is in, or an empty string."""
    app = _app_of(path, project)
    return app.label if app is not None else ""


def _app_of(path: str, project: DjangoProject) -> DjangoApp | None:
    holders = [app for app in project.apps if is_within(path, app.folder)]
    return max(holders, key=lambda app: len(app.folder), default=None)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A call that asks Django for a model: its line, and the label of the app if it is written."""

    line: int
    label: str | None


def model_lookups(module: ast.Module) -> list[Lookup]:
    """Return the calls of ``apps.get_model`` of a file.

    The label is the first argument, or what stands before the dot in it
    (https://docs.djangoproject.com/en/5.2/ref/applications/#django.apps.apps.get_model).
    """
    names = django_names(module)
    found = []
    for node in nodes_of(module):
        if isinstance(node, ast.Call) and dotted_origin(node.func, names) in _LOOKUPS:
            first = [k.value for k in node.keywords if k.arg == "app_label"] or node.args
            value = first[0].value if first and isinstance(first[0], ast.Constant) else None
            label = value.partition(".")[0] if isinstance(value, str) else None
            found.append(Lookup(node.lineno, label))
    return sorted(found, key=lambda lookup: lookup.line)


def _imported(
    inventory: Inventory, destination: Destination, project: DjangoProject
) -> frozenset[str]:
    """Return the quarantined modules of a project that its other modules import."""
    return frozenset(
        file
        for path in project.files
        if path in inventory.python and not is_quarantined(destination.of_file(path))
        for _, resolution in inventory.resolutions(path)
        for file in resolution.files
        if file in project.files and is_quarantined(destination.of_file(file))
    )


def _model_classes(path: str, classes: Classes) -> frozenset[str]:
    """Return the classes of a module that are models, or parts of models such as managers."""
    return frozenset(
        name
        for name in classes.defined(path)
        if is_model(classes, path, name) or any(map(is_for_models, classes.origins(path, name)))
    )


def _dotted(path: str, project: DjangoProject) -> str:
    """Return what code calls a module: by the name of its app, or from the project's folder."""
    app = _app_of(path, project)
    folder = app.folder if app is not None else project.folder
    stem = module_stem(path[len(folder) + 1 :] if folder else path).replace("/", ".")
    return f"{app.name}.{stem}" if app is not None else stem


def _user_label(inventory: Inventory, project: DjangoProject) -> str | None:
    if "AUTH_USER_MODEL" not in set_names(inventory, project):
        return "auth"
    value = plain_value(inventory, project, "AUTH_USER_MODEL")
    return value.partition(".")[0] if isinstance(value, str) else None
