"""Copier's task after a further package: name it to Poetry, which does not look for packages.

uv, continuous integration and the contracts find a package by its folder; there is nothing to do
for them. The list is kept by the tool that the template renders, here in the suite's own copy.
"""

from __future__ import annotations

import runpy
from pathlib import Path

SUITE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Bring the list in the pyproject.toml of the current folder into step."""
    pyproject = Path("pyproject.toml")
    if not pyproject.is_file():
        return
    (tool,) = SUITE.glob("template/*/*/tools/*sync_packages.py*")
    functions = runpy.run_path(str(tool))
    before = pyproject.read_bytes().decode("utf-8")
    after = functions["listed"](before, functions["packages_of"](Path()))
    if after != before:
        pyproject.write_bytes(after.encode("utf-8"))


if __name__ == "__main__":
    main()
