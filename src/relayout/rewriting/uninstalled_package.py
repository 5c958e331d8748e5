"""Modules of the package that are started, or packed, where nothing installs the package.

A task of Kestra starts in a folder with some files and in an image that the flow names
(https://kestra.io/docs/workflow-components/tasks/scripts); Terraform packs and uploads single
files, and Databricks runs them. A module that imports others does it by the package's name now.
"""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.installs import installs_project
from relayout.inventory.references import decoded
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.data import databricks, kestra, terraform
from relayout.inventory.references.reference import Form, Reference
from relayout.inventory.references.spans.yaml_spans import scalars_of
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import line_at
from relayout.tree import Tree

CODE = "package-not-installed"
_ALONE = "by the package's name, and the package is not installed where they are run"
_SAID = {
    kestra.KIND: (
        "this flow runs modules of the package, and nothing in it installs that",
        "Install it in the image, or with `pip install .` before the commands.",
    ),
    terraform.KIND: (
        f"modules are packed or uploaded from here that import others {_ALONE}",
        "Pack what `pip install . --target FOLDER` makes, or install the package there.",
    ),
    databricks.KIND: (
        f"tasks run modules from here that import others {_ALONE}",
        "Give the tasks the package's wheel as a library.",
    ),
}


def about_uninstalled_package(inventory: Inventory, destination: Destination) -> list[Finding]:
    """Return a finding for each such file, at the first line that leads into the package."""
    findings = []
    for path, references in inventory.references.items():
        led = [r for r in references if r.kind in _SAID and _leads_there(r, inventory, destination)]
        text = decoded(inventory.tree.read(path))[0] if led else ""
        if led and not _is_installed(text, inventory.tree):
            line = line_at(text, led[0].start)
            message, advice = _SAID[led[0].kind]
            findings.append(Finding(CODE, destination.of_file(path), line, message, advice))
    return findings


def _is_installed(text: str, tree: Tree) -> bool:
    """Tell whether a wheel is given, or a command in a file of YAML installs the project."""

    def requirements(path: str) -> str:
        return decoded(tree.read(path))[0] if tree.is_regular(path) else ""

    if ".whl" in text:
        return True
    return any(
        installs_project([word.text for word in command.words], lambda _: False, requirements)
        for scalar in scalars_of(text)
        for command in commands_in(scalar.value, 0, len(scalar.value))
    )


def _leads_there(reference: Reference, inventory: Inventory, destination: Destination) -> bool:
    """Tell whether a reference leads to a module of the package that needs the package now.

    By a module's name, it always does; else, if it imports others that moved.
    """
    path = reference.path
    place = destination.of_file(path)
    if place == path or destination.source_of(place) is None or path not in inventory.python:
        return False
    if reference.kind == kestra.KIND:
        return reference.form in (Form.SCRIPT, Form.MODULE)
    imported = (file for _, found in inventory.resolutions(path) for file in found.files)
    return any(destination.of_file(file) != file for file in imported)
