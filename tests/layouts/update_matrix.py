"""One update of each layout carries the whole matrix: with moves followed, and as Copier is alone.

    python tests/layouts/update_matrix.py FOLDER [--layouts LAYOUT...]

makes the suite and the repositories in a folder, updates copies of them, and prints what became of
every cell as JSON. The repositories stay in the folder as they were before the update.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

import yaml
from growing import commit, copier, git, make, release, versioned_suite, write
from update_cells import CELLS, GROUNDS, Ground, declared, template_files, users_files
from update_outcomes import Updated, outcome_of

HERE, PLAIN = "here", "plain"
"""The two sides: this suite, and the same without what follows moves."""

OLD, NEW = "v1.0.0", "v2.0.0"

_IMPORTS = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
broken = {}
for name in json.load(sys.stdin):
    try:
        importlib.import_module(name)
    except Exception as error:
        broken[name] = f"{type(error).__name__}: {error}"
print(json.dumps(broken))
"""


class Matrix:
    """Both sides of the suite for one layout, and the repositories that are updated from them.

    The suites have the templates of this layout alone: Copier looks at every file of a template,
    whatever the answers are, and updates would take four times as long.
    """

    def __init__(self, folder: Path, ground: Ground) -> None:
        self.folder = folder
        self.ground = ground

    @cached_property
    def suites(self) -> Mapping[str, Path]:
        """The suites of both sides; each has two versions, and the second moves all cells."""
        here = versioned_suite(self.folder / "suite", self._in_template(1), [self.ground.layout])
        plain = shutil.copytree(here, self.folder / "plain_suite")
        without_following(plain)
        git(plain, "commit", "--quiet", "--all", "--amend", "--no-edit")
        git(plain, "tag", "--force", OLD)
        for suite in (here, plain):
            for path in self._in_template(1):
                (suite / path).unlink()
            write(suite, self._in_template(2))
            declaration = yaml.safe_dump(declared(self.ground), sort_keys=False)
            write(suite, {"migrations/versions/2.0.0.yml": declaration})
            release(suite, 2)
        return {HERE: here, PLAIN: plain}

    @cached_property
    def starts(self) -> Mapping[str, Path]:
        """The repositories of both sides, of the old version, in which the user did everything."""
        layout, users = f"layout={self.ground.layout}", f"{self.ground.folder}/users"
        here = make(self.suites[HERE], self.folder / HERE, layout, version=OLD)
        for cell in CELLS:
            _do(here, users_files(self.ground, cell))
        write(here, {f"{users}/__init__.py": ""})
        commit(here, "What the user did")
        plain = shutil.copytree(here, self.folder / PLAIN)
        answers = plain / ".copier-answers.yml"
        text = answers.read_text(encoding="utf-8")
        text = text.replace(str(self.suites[HERE]), str(self.suites[PLAIN]))
        answers.write_text(text, encoding="utf-8")
        commit(plain, "From the suite that does not follow")
        return {HERE: here, PLAIN: plain}

    def updated(self, side: str) -> Updated:
        """Return what an update of a copy of a side's repository leaves behind."""
        start = self.starts[side]
        folder = shutil.copytree(start, self.folder / f"{side}_updated")
        done = copier("update", "--trust", "--defaults", cwd=folder)
        after, unmerged = _files(folder), _unmerged(folder)
        if unmerged:
            git(folder, "checkout", "--ours", "--", *unmerged)
        return Updated(
            ground=self.ground,
            status=done.returncode,
            said=done.stderr,
            before=_files(start),
            after=after,
            unmerged=unmerged,
            resolved=_files(folder),
            not_imported=_not_imported(self.ground, folder),
        )

    def _in_template(self, version: int) -> dict[str, str]:
        """Return what a version of the suite has of the matrix, by path in the suite."""
        when = f"{{% if layout == '{self.ground.layout}' %}}.{{% endif %}}"
        top = f"template/{when}/{{% if scope == 'repository' %}}.{{% endif %}}"
        files = template_files(self.ground, version)
        return {f"{top}/{path}": text for path, text in files.items()}


def without_following(suite: Path) -> None:
    """Take out of a suite's questionnaire what makes its updates follow moves."""
    path = suite / "copier.yml"
    questionnaire = yaml.safe_load(path.read_text(encoding="utf-8"))
    questionnaire.pop("_migrations", None)
    for_updates = "_copier_operation == 'update'"
    questionnaire["_tasks"] = [t for t in questionnaire["_tasks"] if for_updates not in t["when"]]
    path.write_text(yaml.safe_dump(questionnaire, sort_keys=False), encoding="utf-8")


def _do(folder: Path, files: Mapping[str, str | None]) -> None:
    """Write and delete files of a repository."""
    write(folder, {path: text for path, text in files.items() if text is not None})
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()


def _files(folder: Path) -> dict[str, bytes]:
    """Return what is in a work tree, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts[:1]
    }


def _unmerged(folder: Path) -> dict[str, frozenset[int]]:
    """Return the stages that the index has of unmerged paths."""
    stages: dict[str, set[int]] = {}
    for line in git(folder, "ls-files", "--unmerged", "-z").split("\0"):
        if line:
            about, _, path = line.partition("\t")
            stages.setdefault(path, set()).add(int(about.rpartition(" ")[2]))
    return {path: frozenset(found) for path, found in stages.items()}


def _not_imported(ground: Ground, folder: Path) -> dict[str, str]:
    """Return the modules of the matrix that Python cannot import, and what it says."""
    paths = [
        path.relative_to(folder).as_posix()
        for part in ("cells", "users")
        for path in sorted((folder / ground.folder / part).rglob("*.py"))
    ]
    names = {ground.module(path): path for path in paths}
    root = ground.folder.removesuffix(ground.package.replace(".", "/"))
    command = [sys.executable, "-B", "-c", _IMPORTS, str(folder / root)]
    done = subprocess.run(
        command, input=json.dumps(list(names)), capture_output=True, text=True, check=True
    )
    return {names[name]: error for name, error in json.loads(done.stdout).items()}


def main() -> None:
    """Make, update and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layouts", nargs="+", default=[ground.layout for ground in GROUNDS])
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    became = []
    for ground in (ground for ground in GROUNDS if ground.layout in arguments.layouts):
        place = folder / ground.layout
        place.mkdir(parents=True)
        matrix = Matrix(place, ground)
        for side in (HERE, PLAIN):
            run = matrix.updated(side)
            about = {"layout": ground.layout, "side": side}
            became += [
                {**about, "cell": str(cell), **asdict(outcome_of(run, cell))} for cell in CELLS
            ]
    print(json.dumps(became, indent=2))


if __name__ == "__main__":
    main()
