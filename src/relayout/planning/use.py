"""How files are used: the words for it, and what the files of a Django project are."""

from __future__ import annotations

from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.inventory.paths_of_tests import is_for_tests
from relayout.notebook import is_notebook
from relayout.planning.components import Component
from relayout.planning.pipeline_parts import Part


@dataclass(frozen=True, slots=True)
class Use:
    """How a file is used, one of :data:`relayout.recipes.USES`, and what shows it."""

    use: str
    because: str = ""
    reader: str = ""
    """For a resource: the folder of the unit that reads it."""
    section: str = ""
    """For definitions, a part of a pipeline, or a component: the section that it belongs to."""
    stage: str = ""
    """For a module of assets: the stage of most of them."""
    inner: str = ""
    """For definitions, a part of a pipeline, or a component: its path below the section's."""
    pipeline: str = ""
    """For a part of a pipeline: the pipeline's name, empty for what several share."""
    group: str = ""
    """For a component: what it shares with the files that stay together with it."""


@dataclass(frozen=True)
class Uses:
    """The use of every file, and the facts that rules ask for beside it."""

    by_path: dict[str, Use]
    importers: dict[str, frozenset[str]]
    nothing_runs: bool
    """No runner file names any code: files with a main were taken to be run by hand."""


def use_in_pipeline(part: Part) -> Use:
    """Return the use of a file that is a part of a pipeline, or of the platform around all."""
    return Use(
        "pipeline",
        part.because,
        section=part.section,
        inner=part.inner,
        pipeline=part.pipeline,
    )


def use_of_component(component: Component) -> Use:
    """Return the use of a file that is of a component."""
    return Use(
        "component",
        component.because,
        section=component.section,
        inner=component.inner,
        group=component.group,
    )


def use_in_django(path: str, project: DjangoProject, inventory: Inventory) -> Use | None:
    """Return what a file of a Django project is for a layout that takes it apart.

    None stands for a file that is neither Django's nor code.
    """
    if path in project.skeleton:
        return Use("skeleton", project.skeleton[path])
    if path in project.command_modules:
        return Use("command")
    if path not in inventory.python or is_notebook(path):
        return None
    if is_for_tests(path):
        return Use("beside", "it tests code that does not need Django")
    is_program = inventory.python[path].is_script
    return Use("run" if is_program else "imported", "it does not need Django's framework")
