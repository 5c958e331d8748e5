from __future__ import annotations

import json, helpers, sys as system
import helpers as h
import deep.below.leaf
import deep.below.leaf as leaf
from typing import TYPE_CHECKING
from deep import below
from deep.below import leaf as other_leaf, NAME
from deep.below.leaf import *

if TYPE_CHECKING:
    from helpers import Thing

try:
    from helpers import fast as worker
except ImportError:
    from deep.below import NAME as worker


def late() -> Thing:
    from helpers import Thing
    import deep.below
    return Thing(deep.below.leaf.VALUE, deep.below.NAME)


print(json.dumps([helpers.ONE, h.ONE, deep.below.leaf.VALUE, leaf.VALUE, below.NAME]))
print(other_leaf.VALUE, NAME, VALUE, worker, late().value, system.argv[1:])
