"""Updates without Copier: a repository, and what the old and the new version of a suite render."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from relayout.prepared_update import prepare_update
from relayout.update import finish_update
from relayout.updating import Updated, Updating
from workbench import SUITE, build_tree, git

Texts = Mapping[str, str]
ANSWERS = ".copier-answers.yml"


def answers(**given: object) -> str:
    """Return an answers file of the src layout."""
    said = {"layout": "src-layout", "package": "shop", "pipeline": "orders", "scope": "repository"}
    return yaml.safe_dump({"_commit": "v1.0.0", **said, **given})


class Repository:
    """A repository that was rendered, and changed by its user since then."""

    def __init__(self, folder: Path, old: Texts, ours: Texts | None = None) -> None:
        self.folder = folder / "repository"
        self.store = folder / "store"
        self.suite = folder / "suite"
        self.old = {ANSWERS: answers(), **old}
        self.ours = {**self.old, **(ours or {})}
        self.folder.mkdir(parents=True)
        build_tree(self.folder, self.ours)
        git(self.folder, "init", "--quiet", "--initial-branch=main")
        self.commit()
        (self.suite / "migrations").mkdir(parents=True)
        for name in ("layouts", "parts.yml"):
            (self.suite / "migrations" / name).symlink_to(SUITE / "migrations" / name)

    def commit(self) -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message", "As it was")

    def delete(self, *paths: str) -> None:
        for path in paths:
            (self.folder / path).unlink()
        self.commit()

    def move(self, old: str, new: str, text: str | None = None) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)
        if text is not None:
            (self.folder / new).write_text(text, encoding="utf-8")
        self.commit()

    def declare(self, version: str, **declared: object) -> None:
        build_tree(self.suite, {f"migrations/versions/{version}.yml": yaml.safe_dump(declared)})

    def render(self, files: Texts) -> None:
        """Put a rendering aside, as Copier's task does."""
        place = self.store.parent / f"rendering-{len(list(self.store.parent.iterdir()))}"
        build_tree(place, files)
        hook = SUITE / "hooks" / "keep_rendering.py"
        program = (
            "import pathlib, sys, update_folder\n"
            "sys.argv = ['keep_rendering', sys.argv[1], sys.argv[2]]\n"
            "update_folder.update_folder = lambda: pathlib.Path(sys.argv[2])\n"
            "import keep_rendering; sys.exit(keep_rendering.main())"
        )
        self.store.mkdir(exist_ok=True)
        subprocess.run(
            [sys.executable, "-c", program, ANSWERS, str(self.store)],
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(hook.parent)},
            check=True,
        )

    def updating(self, new: str = "1.1.0", **options: object) -> Updating:
        return Updating(
            self.folder,
            self.store,
            self.suite,
            ANSWERS,
            "1.0.0",
            new,
            **options,  # type: ignore[arg-type]
        )

    def update(self, theirs: Texts, new: str = "1.1.0", **options: object) -> Updated:
        """Return what an update to a version that renders ``theirs`` did."""
        self.render(self.old)
        updating = self.updating(new, **options)
        prepare_update(updating)
        self.render({ANSWERS: answers(_commit=f"v{new}"), **theirs})
        return finish_update(updating)

    def text(self, path: str) -> str:
        return (self.folder / path).read_bytes().decode()

    def files(self) -> set[str]:
        listed = git(self.folder, "ls-files", "--cached", "--others", "--exclude-standard")
        return {path for path in listed.splitlines() if (self.folder / path).exists()}

    def unmerged(self) -> set[str]:
        return {line.split("\t")[1] for line in git(self.folder, "ls-files", "-u").splitlines()}
