"""Search paths that configuration sets, and what runner files start from which folder.

Each kind of file has a reader; a reader yields what it finds and never raises for what a file
contains. A value is taken only as far as it can be told without running anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from posixpath import basename

from relayout.inventory.configured_paths.airflow_folders import read_airflow_folders
from relayout.inventory.configured_paths.commands import Commands
from relayout.inventory.configured_paths.compose import builds_of, is_compose, read_compose
from relayout.inventory.configured_paths.containers import is_dockerfile, read_dockerfile
from relayout.inventory.configured_paths.entry import (
    ConfiguredPath,
    Found,
    Started,
    scope_of,
    started_runs,
)
from relayout.inventory.configured_paths.environment_files import (
    is_environment_file,
    read_environment_file,
)
from relayout.inventory.configured_paths.pytest_settings import is_pytest_file, read_pytest
from relayout.inventory.configured_paths.scripts import (
    is_makefile,
    read_makefile,
    read_processes,
    read_script,
)
from relayout.inventory.configured_paths.settings_files import (
    read_ini,
    read_json,
    read_nox,
    read_toml,
    read_unit,
)
from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.configured_paths.yaml_files import read_yaml
from relayout.inventory.runners import Run, runner_kind
from relayout.tree import Tree

__all__ = ["Configuration", "ConfiguredPath", "read_configuration"]

_Reader = Callable[[str, Tree], Iterable[Found]]

_BY_NAME: tuple[tuple[tuple[str, ...], _Reader], ...] = (
    (("*.sh", "*.bash", "*.zsh", "*.bat", "*.cmd", "*.ps1"), read_script),
    (("*.pbs", "*.sbatch", "*.slurm"), read_script),
    (("Procfile", "*crontab*"), read_processes),
    (("*.toml",), read_toml),
    (("tox.ini", "setup.cfg", "mypy.ini", ".mypy.ini", "supervisord*.conf"), read_ini),
    (("*.service",), read_unit),
    (("noxfile.py",), read_nox),
)
_JSON = ("pyrightconfig.json", ".vscode/*.json", "*/.vscode/*.json", "*devcontainer.json")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the configuration of a repository says about search paths, and what it starts.

    ``started_in`` are the folders that Python files are started in, by file.
    """

    paths: tuple[ConfiguredPath, ...] = ()
    runs: tuple[Run, ...] = ()
    started_in: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_configuration(tree: Tree, ignored: frozenset[str] = frozenset()) -> Configuration:
    """Return what configuration says about search paths, by file and line, and what it starts.

    Files of ``ignored`` are not read.
    """
    found = list(dict.fromkeys(_found(tree, ignored)))
    paths = [f for f in found if isinstance(f, ConfiguredPath) and _says_something(f)]
    paths += [_started(f) for f in found if isinstance(f, Started) and f.finds_in is not None]
    order = sorted(dict.fromkeys(paths), key=lambda p: (p.file, p.line, p.kind, p.covers))
    runs = [
        Run(f.file, f.line, runner_kind(f.file) or "script", f.path) for f in started_runs(found)
    ]
    folders: dict[str, set[str]] = {}
    for program in started_runs(found):
        if program.here is not None:
            folders.setdefault(program.path, set()).add(program.here)
    started_in = {path: frozenset(of_file) for path, of_file in folders.items()}
    return Configuration(tuple(order), tuple(dict.fromkeys(runs)), started_in)


def _says_something(entry: ConfiguredPath) -> bool:
    return bool(entry.folders or entry.unclear or entry.import_mode)


def _started(program: Started) -> ConfiguredPath:
    """Return the search path that a way of starting a program gives it."""
    folders = () if program.finds_in is None else (program.finds_in,)
    return ConfiguredPath(
        program.file, program.line, folders, program.path, "started", program.is_tests
    )


def _found(tree: Tree, ignored: frozenset[str]) -> Iterator[Found]:
    paths = [
        path
        for path in sorted(tree)
        if _may_configure(path) and path not in ignored and tree.is_regular(path)
    ]
    contexts = _contexts([path for path in paths if is_compose(path)], tree)
    for path in paths:
        if is_pytest_file(path):
            yield from read_pytest(path, tree)
        if is_compose(path):
            yield from read_compose(path, tree)
        elif is_dockerfile(path):
            yield from read_dockerfile(path, tree, sorted(contexts.get(path, ())))
        elif is_makefile(path):
            yield from read_makefile(path, tree)
        elif is_environment_file(path):
            yield from read_environment_file(path, tree)
        elif path.endswith((".yml", ".yaml")):
            yield from _read_yaml(path, tree)
        elif path.endswith(".json"):
            if any(fnmatch(path, pattern) for pattern in _JSON):
                yield from read_json(path, tree)
        else:
            for patterns, reader in _BY_NAME:
                if any(fnmatch(basename(path), pattern) for pattern in patterns):
                    yield from reader(path, tree)
                    break
    yield from read_airflow_folders(tree, ignored)


def _may_configure(path: str) -> bool:
    """Tell of most files at once that none of the readers is for them."""
    return not path.endswith((".py", ".md", ".csv", ".sql", ".ipynb")) or path.endswith(
        "noxfile.py"
    )


def _contexts(compose_files: Iterable[str], tree: Tree) -> dict[str, set[str]]:
    """Return the folders that each Dockerfile is built with, as compose files say."""
    contexts: dict[str, set[str]] = {}
    for path in compose_files:
        for build in builds_of(path, tree):
            if build.dockerfile is not None:
                contexts.setdefault(build.dockerfile, set()).add(build.context)
    return contexts


def _read_yaml(path: str, tree: Tree) -> Iterator[Found]:
    content = tree.read(path)
    if b"PYTHONPATH" not in content and runner_kind(path) is None:
        return
    scene = scene_in("", path, tree)
    text = content.decode("utf-8", errors="replace")
    yield from read_yaml(text, scene, Commands(path, scope_of(path, tree)))
