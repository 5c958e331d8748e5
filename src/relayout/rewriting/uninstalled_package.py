"""Flows that run modules of the package in containers of their own, which have to have it.

A task of Kestra starts in a folder with some files and in an image that the flow names
(https://kestra.io/docs/workflow-components/tasks/scripts). Whether the package is installed there
cannot be told, unless the flow does it.
"""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.installs import installs_project
from relayout.inventory.references import decoded
from relayout.inventory.references.kestra import KIND
from relayout.inventory.references.reference import Form, Reference
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
    for path, references in inventory.references.items():
        led = [r for r in references if r.kind == KIND and _leads_there(r, destination)]
        text = decoded(inventory.tree.read(path))[0] if led else ""
        if led and not _is_installed(text, inventory.tree):
            line = text.count("\n", 0, led[0].start) + 1
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


def _leads_there(reference: Reference, destination: Destination) -> bool:
    """Tell whether a reference leads into the package by a module's name now."""
    place = destination.of_file(reference.path)
    is_module = reference.form in (Form.SCRIPT, Form.MODULE) and place.endswith(".py")
    return is_module and place != reference.path and place.startswith("src/")
