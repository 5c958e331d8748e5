from __future__ import annotations

import json
from pipelines.forms import helpers
import sys as system
import pipelines.forms.helpers as h
import pipelines.forms.deep.below.leaf
import pipelines.forms.deep.below.leaf as leaf
from typing import TYPE_CHECKING
from pipelines.forms.deep import below
from pipelines.forms.deep.below import leaf as other_leaf, NAME
from pipelines.forms.deep.below.leaf import *

if TYPE_CHECKING:
    from pipelines.forms.helpers import Thing

try:
    from pipelines.forms.helpers import fast as worker
except ImportError:
    from pipelines.forms.deep.below import NAME as worker


def late() -> Thing:
    from pipelines.forms.helpers import Thing
    import pipelines.forms.deep.below
    return Thing(pipelines.forms.deep.below.leaf.VALUE, pipelines.forms.deep.below.NAME)


print(json.dumps([helpers.ONE, h.ONE, pipelines.forms.deep.below.leaf.VALUE, leaf.VALUE, below.NAME]))
print(other_leaf.VALUE, NAME, VALUE, worker, late().value, system.argv[1:])
