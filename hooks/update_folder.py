"""Where the tasks of one update put aside what is rendered: a folder that only its user reads.

Copier starts every task and migration of an update from one process, so its id names the update.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def update_folder() -> Path:
    """Return the folder of the update that Copier, which started this process, is making.

    Raises OSError for one of that name which is somebody else's.
    """
    folder = Path(tempfile.gettempdir()) / f"relayout-update-{os.getppid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
        raise PermissionError(f"{folder} belongs to another user; remove it")
    return folder
