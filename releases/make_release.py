"""Release the commit that is checked out: ``python releases/make_release.py 1.1.0``.

Writes ``releases/v1.1.0.bundle``, which is to be committed, and makes the tag in this clone. The
same commit gives the same release, whoever makes it.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from bundles import FOLDER, ROOT, ReleaseError, commit_of_tag, git, releases
from make_tags import make_tags

SUITE = (
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "copier.yml",
    "hooks",
    "migrations",
    "pyproject.toml",
    "src",
    "template",
)
"""What a suite consists of: what Copier renders and runs, and the engine that its tasks start."""


def make_release(root: Path, version: str) -> Path:
    """Make the release of HEAD; return the path of its bundle.

    Raises ReleaseError, with nothing changed, if HEAD is not what this version can be.
    """
    require_ready(root, version)
    make_tags(root)
    before = [release.tag for release in releases(root)][-1:]
    commit = _commit(root, version, before)
    tag = f"v{version}"
    bundle = root / FOLDER / f"{tag}.bundle"
    bundle.parent.mkdir(exist_ok=True)
    git(root, "tag", tag, commit)
    try:
        # One thread: which differences a pack holds would depend on the machine otherwise.
        without = [f"^{earlier}" for earlier in before]
        pack = ("-c", "pack.threads=1", "bundle", "create", "--quiet")
        git(root, *pack, str(bundle), f"refs/tags/{tag}", *without)
    except ReleaseError:
        git(root, "tag", "--delete", tag)
        raise
    return bundle


def require_ready(root: Path, version: str) -> None:
    """Raise ReleaseError if HEAD cannot be released as this version."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ReleaseError(f"{version!r} is no version\n  Three numbers are needed: 1.1.0")
    if changed := git(root, "status", "--porcelain"):
        raise ReleaseError(
            f"not everything is committed ({changed.splitlines()[0][2:].strip()}, ...)\n"
            "  A release is made from HEAD. Commit or stash first."
        )
    init = (root / "src" / "relayout" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', init, re.MULTILINE)
    said = found[1] if found else "nothing"
    if said != version:
        raise ReleaseError(
            f"src/relayout/__init__.py says version {said}, not {version}\n"
            f'  Set __version__ = "{version}" there, and commit.'
        )
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## {re.escape(version)}\s*$", changes, re.MULTILINE):
        raise ReleaseError(
            f"CHANGELOG.md has no section {version}\n"
            f"  Say under '## {version}' what moves for users, and commit."
        )
    number = tuple(map(int, version.split(".")))
    last = releases(root)[-1:]
    if last and last[0].number >= number:
        raise ReleaseError(
            f"{last[0].version} is released already, so {version} cannot be released\n"
            "  Name a later version; what is released stays as it is."
        )
    if commit_of_tag(root, f"v{version}"):
        raise ReleaseError(
            f"the tag v{version} is here already, without a bundle in {FOLDER}/\n"
            f"  If it is a mistake: git tag --delete v{version}"
        )


def _commit(root: Path, version: str, parents: list[str]) -> str:
    """Return the commit of a release. Who made HEAD made it, and when: nothing else decides."""
    there = git(root, "ls-tree", "HEAD", "--", *SUITE)
    missing = set(SUITE).difference(line.partition("\t")[2] for line in there.splitlines())
    if missing:
        raise ReleaseError(f"HEAD has no {sorted(missing)[0]}, which belongs to the suite")
    tree = git(root, "mktree", given=there + "\n")
    name, email, date = git(root, "log", "-1", "--format=%an%n%ae%n%aI").splitlines()
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email), ("DATE", date))
    }
    options = [option for parent in parents for option in ("-p", parent)]
    message = f"relayout {version}\n"
    return git(root, "commit-tree", tree, *options, given=message, env={**os.environ, **identity})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Release the commit that is checked out.")
    parser.add_argument("version", help="the version, as in src/relayout/__init__.py")
    try:
        made = make_release(ROOT, parser.parse_args().version)
    except ReleaseError as error:
        sys.exit(f"error: {error}")
    shown = made.relative_to(ROOT).as_posix()
    print(f"made {shown} and the tag {made.stem}. Now commit it, and push both:")
    print(f"  git add {shown} && git commit -m 'Release {made.stem[1:]}'")
