"""What the tasks after a further component share: a list that a tool of the template keeps.

The list stands in the pyproject.toml of the repository, which a component does not render. The tool
that keeps it is rendered into the repository; here the suite's own copy of it runs.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from engine import SUITE


def keep(name: str) -> None:
    """Run the tool of this name on the repository in the current folder."""
    if not Path("pyproject.toml").is_file():
        return
    (tool,) = SUITE.glob(f"template/*/*/tools/*{name}.py*")
    sys.argv[1:] = ["--root", "."]
    runpy.run_path(str(tool), run_name="__main__")
