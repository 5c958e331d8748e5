"""Flows that run modules of the package in containers of their own, which have to have it.

A task of Kestra starts in a folder with some files and in an image that the flow names
(https://kestra.io/docs/workflow-components/tasks/scripts). Whether the package is installed there
cannot be told, unless the flow does it.
"""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.installs import installs_project
from relayout.inventory.references import decoded
from relayout.inventory.references.kestra import is_kestra, read_kestra
from relayout.inventory.references.reference import Form
from relayout.inventory.references.words import commands_in
from relayout.inventory.references.yaml_spans import scalars_of
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.tree import Tree

CODE = "package-not-installed"
_ADVICE = "Install it in the image, or with `pip install .` before the commands."


def about_uninstalled_package(inventory: Inventory, destination: Destination) -> list[Finding]:
    """Return a finding for each flow that runs or imports what moved into the package."""
    findings = []
    for path in sorted(inventory.tree):
        if not is_kestra(path) or path in inventory.foreign or not inventory.tree.is_regular(path):
            continue
        text, _ = decoded(inventory.tree.read(path))
        line = _first_line(text, path, destination)
        if line and not _is_installed(text, inventory.tree):
            message = "this flow runs modules of the package, and nothing in it installs that"
            place = destination.of_file(path)
            findings.append(Finding(CODE, place, line, message, _ADVICE))
    return findings


def _is_installed(text: str, tree: Tree) -> bool:
    """Tell whether a command of a flow installs the project."""

    def requirements(path: str) -> str:
        return decoded(tree.read(path))[0] if tree.is_regular(path) else ""

    return any(
        installs_project([word.text for word in command.words], lambda _: False, requirements)
        for scalar in scalars_of(text)
        for command in commands_in(scalar.value, 0, len(scalar.value))
    )


def _first_line(text: str, path: str, destination: Destination) -> int:
    """Return the first line that leads into the package by a module's name now, or nought."""
    for found in sorted(read_kestra(text, path, destination.before), key=lambda r: r.start):
        place = destination.of_file(found.path)
        is_module = found.form in (Form.SCRIPT, Form.MODULE) and place.endswith(".py")
        if is_module and place != found.path and place.startswith("src/"):
            return text.count("\n", 0, found.start) + 1
    return 0
