"""Copier's migrations: an update follows what its versions moved.

Before Copier touches a file, the engine checks what it needs, and carries renamed answers over.
After Copier is done, the engine merges the two renderings and the user's files, all with the moves
made that the versions declare.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from engine import SUITE, find_engine, refuse
from update_folder import update_folder


def main() -> int:
    """Run a stage (before, after) of an update in the current folder; return the exit status."""
    stage, answers_file, layout, given, attendance = sys.argv[1:6]
    engine = find_engine()
    if engine is None:
        return refuse(
            "relayout is not installed here, so this update could not follow what moved",
            "Nothing was changed. Install uv, which starts the engine by itself, or install",
            "relayout into the environment that Copier runs in; then update again.",
        )
    folder = update_folder()
    command = [*engine, "follow", stage, "--renderings", os.fspath(folder)]
    command += ["--suite", os.fspath(SUITE), "--answers-file", answers_file, "--layout", layout]
    command += ["--given", given, *([attendance] if attendance == "--unattended" else [])]
    versions = [os.environ["VERSION_PEP440_FROM"], os.environ["VERSION_PEP440_TO"]]
    command += ["--from", versions[0], "--to", versions[1]]
    status = subprocess.run(command, check=False).returncode
    if stage == "after" or status:
        shutil.rmtree(folder, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
