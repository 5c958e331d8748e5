"""Run the command line as ``python -m relayout``."""

import os
import sys

_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

# ``python -m`` puts the current folder first on the search path. That is the repository: none of
# its modules may stand in for one that relayout imports.
if sys.path and os.path.abspath(sys.path[0]) == os.getcwd() != _HOME:  # noqa: PTH100, PTH109
    del sys.path[0]

from relayout.cli import main  # noqa: E402

main()
