"""External packages that hold the models of Django apps, as ``--schema-package`` names them.

``--schema-package etl_database_schema=orders,customers`` says that the app ``orders`` is installed
as ``etl_database_schema.orders``. Django loads an app's models from its module ``models``
(https://docs.djangoproject.com/en/5.2/ref/applications/#how-applications-are-loaded), so that
module, and the modules of a package of that name, are what the external package has.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Sequence

from relayout.errors import Refusal
from relayout.inventory.django.project import DjangoApp, DjangoProject

SchemaPackages = Sequence[tuple[str, tuple[str, ...]]]
"""Import names of external packages, each with the labels of the apps that it holds."""


def check_schema_packages(
    projects: Iterable[DjangoProject], schema_packages: SchemaPackages
) -> None:
    """Refuse packages that cannot be imported, and apps that are unknown or named twice.

    Raises Refusal.
    """
    known = sorted({app.label for project in projects for app in project.apps})
    holders: dict[str, str] = {}
    for package, labels in schema_packages:
        if not _can_be_imported(package):
            raise Refusal(
                f"--schema-package {package}: it is no name that can be imported",
                "Write the import name, as in --schema-package etl_database_schema=orders",
            )
        if not labels:
            raise Refusal(
                f"--schema-package {package} names no app",
                f"Name the apps that it holds: {_listed(known)}",
            )
        for label in labels:
            if label not in known:
                raise Refusal(
                    f"--schema-package {package}={label}: there is no app of that label",
                    f"The apps of this repository: {_listed(known)}",
                )
            other = holders.setdefault(label, package)
            if other != package:
                raise Refusal(f"--schema-package: {label} cannot be in {other} and in {package}")


def external_modules(project: DjangoProject, schema_packages: SchemaPackages) -> dict[str, str]:
    """Return the dotted names that the project's model modules have in external packages.

    They are by the path that each module has in the tree before. The part of the name behind the
    app stays: ``shop/orders/models/line.py`` is ``etl_database_schema.orders.models.line``.
    """
    found: dict[str, str] = {}
    for app, name in external_apps(project, schema_packages).items():
        for path in sorted(project.files):
            if is_model_module(path, app):
                inside = path[len(app.folder) + 1 if app.folder else 0 :]
                stem = inside.removesuffix(".py").removesuffix("/__init__")
                found[path] = f"{name}.{stem.replace('/', '.')}"
    return found


def external_apps(project: DjangoProject, schema_packages: SchemaPackages) -> dict[DjangoApp, str]:
    """Return the apps of a project that external packages hold, each with its name there."""
    holders = {label: package for package, labels in schema_packages for label in labels}
    return {
        app: f"{holders[app.label]}.{app.label}" for app in project.apps if app.label in holders
    }


def is_model_module(path: str, app: DjangoApp) -> bool:
    """Tell whether a file is the module ``models`` of an app, or one of its modules."""
    base = f"{app.folder}/models" if app.folder else "models"
    return path == f"{base}.py" or (path.startswith(f"{base}/") and path.endswith(".py"))


def _can_be_imported(name: str) -> bool:
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in name.split("."))


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(labels) if labels else "none was found"
