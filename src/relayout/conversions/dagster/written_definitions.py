"""The ``definitions.py`` of a package that has definitions, and nothing that loads them."""

from __future__ import annotations

from relayout.conversions.conversion import Conversion
from relayout.inventory import Inventory
from relayout.planning.homes import Homes
from relayout.rewriting.destination import Destination


def write_definitions(inventory: Inventory, destination: Destination, homes: Homes) -> Conversion:
    """Return it as an addition."""
    return Conversion()
