"""Scripts of a shell: the files that they run and the paths that their commands name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename, dirname

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.variables import used_as_paths
from relayout.inventory.references.commandline.words import Dialect, commands_in
from relayout.inventory.references.reference import Base, Reference
from relayout.tree import Tree

KIND = "shell"
_SHEBANG = re.compile(r"#!\s*(?:/\S*/)?(?:env\s+(?:-S\s+)?)?(?:ba|z|k|da|a)?sh\b")
_JOB_OPTION = re.compile(
    r"^#(?:SBATCH|PBS|\$)\s.*?(?:--chdir[= ]|-D\s+|-d\s+|-wd\s+)", re.MULTILINE
)
_STARTED_IN = ("SLURM_SUBMIT_DIR", "PBS_O_WORKDIR", "SGE_O_WORKDIR", "LSB_SUBCWD", "INIT_CWD")
"""Variables in which schedulers and runners keep the folder that something was started in."""


def is_shell(path: str) -> bool:
    """Tell whether a file is a script of a POSIX shell by its name, or may be one without."""
    endings = (".sh", ".bash", ".zsh", ".ksh", ".pbs", ".sbatch", ".slurm")
    return path.endswith(endings) or "." not in basename(path)


def read_shell(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what a script names.

    It may be started from the root or from its own folder: the reading in which it names more is
    taken, and the root if both name as much. A file without an ending is a script if it says so.
    """
    if "." not in basename(path) and not is_shell_script(text):
        return []
    if _JOB_OPTION.search(text):
        return []  # the job runs in a folder of the cluster
    return read_script(text, path, tree, KIND, Dialect.POSIX)


def is_shell_script(text: str) -> bool:
    """Tell whether a script's first line gives it to a shell."""
    return _SHEBANG.match(text) is not None


def read_script(text: str, path: str, tree: Tree, kind: str, dialect: Dialect) -> list[Reference]:
    """Return what a script in one of the shells' languages names, as :func:`read_shell` does."""
    places = used_as_paths(commands_in(text, 0, len(text), dialect))
    readings = [list(_reading(text, a, dialect)) for a in starts(path, tree, kind, places)]
    return max(readings, key=len)


def starts(
    path: str, tree: Tree, kind: str, places: frozenset[str], own_first: bool = False
) -> list[Surroundings]:
    """Return the surroundings in which a file's commands may start: the root and its folder."""
    bases = [Base(dirname(path), of_file=True)] if dirname(path) else []
    bases = [*bases, Base()] if own_first else [Base(), *bases]
    return [_start(path, tree, kind, base, places) for base in bases]


def _start(path: str, tree: Tree, kind: str, base: Base, places: frozenset[str]) -> Surroundings:
    scene = scene_in(base.folder, path, tree)
    scene = scene.with_variables(dict.fromkeys(_STARTED_IN, scene.here))
    return replace(Surroundings(path, kind, scene, base), places=places)


def _reading(text: str, around: Surroundings, dialect: Dialect) -> Iterator[Reference]:
    yield from references_in(commands_in(text, 0, len(text), dialect), around)
