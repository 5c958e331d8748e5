"""Inventory and recipe to plan: where things go, and why."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatch

from relayout.errors import Refusal
from relayout.inventory import Inventory
from relayout.inventory.search_paths import QUARANTINE
from relayout.notebook import is_notebook
from relayout.planning.components.conftest_reach import about_conftests
from relayout.planning.components.containers import about_dockerfiles
from relayout.planning.homes import Homes
from relayout.planning.placement import Placement, place_files, placement_of
from relayout.planning.plan import Finding, Options, Plan, Written
from relayout.planning.service_data import place_service_data
from relayout.planning.uses import find_uses
from relayout.recipes import Recipe
from relayout.tree import SUBMODULE

_FEW = 8
"""Of fewer Python files, the share that is dead says nothing."""


def make_plan(
    inventory: Inventory,
    recipe: Recipe,
    options: Options,
    homes: Homes,
    written: Written | None = None,
) -> Plan:
    """Return the plan of moves for a tree; ``written`` is a plan that is given back.

    ``homes`` are the packages that the layout will have. Edits and additions are not in the plan
    yet. Raises Refusal for files that would share one path.
    """
    options = replace(options, package=homes.main.home.package)
    _check_patterns(inventory, options)
    if options.schema_packages and not recipe.project:
        raise Refusal(
            f"--schema-package: the layout {recipe.layout} leaves Django projects as they are",
            "Leave the option out, or name a layout that takes them apart: --layout monorepo",
        )
    findings = _about_tree(inventory)
    if written is None:
        uses = find_uses(inventory, recipe, options, homes)
        placement = place_files(inventory, recipe, options, homes, uses)
        placement = place_service_data(inventory, recipe, options, placement)
        if uses.nothing_runs and placement.moves:
            message = "no workflow, CI, Dockerfile or script names any code of this repository"
            advice = "Programs were taken to be run by hand. Check it; --quarantine, --place."
            findings.append(Finding("nothing-runs", ".", 0, message, advice))
        findings += _about_quarantine(inventory, placement)
        if recipe.sorts_components:
            findings += about_dockerfiles(inventory)
            findings += about_conftests(inventory, placement.moves)
    else:
        placement = placement_of(written.moves, inventory.tree)
    return Plan(
        layout=recipe.layout,
        homes=homes.all,
        territories={t.base: t.home for t in homes.territories if t.base},
        moves=placement.moves,
        kept=placement.kept,
        findings=(*findings, *placement.findings, *_unreadable(inventory, placement)),
    )


def _check_patterns(inventory: Inventory, options: Options) -> None:
    """Refuse a pattern that names no file: it is mistyped, and would be passed over silently."""
    said = [("--place", pattern) for pattern, _ in options.place]
    said += [("--quarantine", pattern) for pattern in options.quarantine]
    said += [("--keep", pattern) for pattern in options.keep]
    for option, pattern in said:
        if not any(fnmatch(p, pattern) for p in (*inventory.tree, *inventory.tree.places)):
            raise Refusal(
                f"{option} {pattern}: no tracked file has such a path",
                "Patterns are matched against the whole path; * also matches /.",
            )


def _about_tree(inventory: Inventory) -> list[Finding]:
    findings = []
    installed = inventory.foreign - inventory.templates
    if installed:
        first = min(installed)
        message = f"{len(installed)} files of an installed environment are tracked"
        advice = f"git rm -r --cached {first.partition('/')[0]}, and list it in .gitignore."
        findings.append(Finding("environment-tracked", first, 0, message, advice))
    for path in inventory.tree:
        if inventory.tree[path].mode == SUBMODULE:
            message = "a submodule is not read and not moved; imports of its code are not checked"
            findings.append(Finding("submodule", path, 0, message))
    return findings


def _about_quarantine(inventory: Inventory, placement: Placement) -> list[Finding]:
    """Report a plan that takes most of the code for dead: something may run it from outside."""
    modules = [path for path in inventory.python if not is_notebook(path)]
    code = [path for path in modules if path not in inventory.frameworks]
    quarantined = [m for m in placement.moves if m.target.startswith(QUARANTINE)]
    dead = [move for move in quarantined if move.source in modules]
    if len(code) < _FEW or len(dead) <= len(code) / 2:
        return []
    message = f"{len(dead)} of {len(code)} Python files go to quarantine: nothing here needs them"
    advice = "Does a scheduler or a server run them? Name them: --place GLOB=DEST"
    return [Finding("mostly-quarantined", "__legacy", 0, message, advice)]


def _unreadable(inventory: Inventory, placement: Placement) -> list[Finding]:
    targets = {move.source: move.target for move in placement.moves}
    other = "Correct its imports by hand, or run relayout with the Python that it is written for."
    findings = []
    for path, file in inventory.python.items():
        place = targets.get(path, path)
        if file.error is not None:
            message = f"it cannot be read as Python, so its imports were not followed: {file.error}"
            help_ = "Correct its imports by hand." if is_notebook(path) else other
            findings.append(Finding("not-python", place, 0, message, help_))
        for line, error in file.unread:
            message = f"this cell cannot be read as Python, so it was left as it is: {error}"
            findings.append(Finding("cell-not-python", place, line, message, other))
    return findings
