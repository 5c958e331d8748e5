"""What checks look at, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from relayout.inventory import Inventory
from relayout.inventory.search_paths import is_quarantined
from relayout.per_file import PerFile, one_by_one
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.plan import Plan
from relayout.planning.territories import find_homes
from relayout.recipes import Recipe
from relayout.tree import Tree


@dataclass(frozen=True)
class Evidence:
    """The state after a migration, and the state before with the plan where they are known.

    ``before`` is the state in which modules are split and nothing has moved; ``original`` the one
    before that, ``split`` the tree between them in which nothing is done but that.
    """

    after: Inventory
    recipe: Recipe
    package: str
    before: Inventory | None = None
    plan: Plan | None = None
    per_file: PerFile = one_by_one
    original: Inventory | None = None
    split: Tree | None = None

    @cached_property
    def homes(self) -> Homes:
        """The packages of the layout as they are after the migration."""
        if self.recipe.source and not self.recipe.project:
            return Homes((Territory(Home(self.package)),))
        return find_homes(self.after, self.recipe, self.package)


@dataclass(frozen=True)
class Check:
    """The outcome of one check.

    ``measured`` counts what the check looks for: 0 is what it wants. ``details`` say where;
    ``figures`` are further numbers and lists that the JSON report shows beside them.
    """

    name: str
    passed: bool
    measured: int
    details: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)


def outcome(name: str, details: list[str], figures: Mapping[str, Any] | None = None) -> Check:
    """Return a check that passes if there is nothing to say against it."""
    return Check(name, not details, len(details), tuple(details), figures or {})


def placed(path: str) -> bool:
    """Tell whether a file is outside of quarantine."""
    return not is_quarantined(path)
