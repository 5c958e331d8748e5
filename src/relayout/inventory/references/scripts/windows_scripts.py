"""Scripts of Windows: PowerShell (``*.ps1``) and batch files (``*.bat``, ``*.cmd``).

Quoting is that of about_Quoting_Rules and about_Parsing for PowerShell, and of ``cmd /?`` for batch
files (https://learn.microsoft.com/windows-server/administration/windows-commands/cmd).
"""

from __future__ import annotations

from dataclasses import replace

from relayout.inventory.references.commandline.words import Dialect
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.scripts.shell import read_script
from relayout.tree import Tree


def is_powershell(path: str) -> bool:
    """Tell whether a file is a script or module of PowerShell, by its name."""
    return path.lower().endswith((".ps1", ".psm1"))


def read_powershell(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a script of PowerShell names, as :func:`.shell.read_shell` does."""
    return [_of_windows(r) for r in read_script(text, path, tree, "powershell", Dialect.POWERSHELL)]


def is_batch(path: str) -> bool:
    """Tell whether a file is a batch file, by its name."""
    return path.lower().endswith((".bat", ".cmd"))


def read_batch(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a batch file names, as :func:`.shell.read_shell` does."""
    return [_of_windows(r) for r in read_script(text, path, tree, "batch", Dialect.BATCH)]


def _of_windows(reference: Reference) -> Reference:
    return replace(reference, backslashes=True)
