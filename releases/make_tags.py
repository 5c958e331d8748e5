"""Make the tags of the releases in this clone: ``python releases/make_tags.py``.

Copier knows the versions of a template by its tags. Tags that are there already are left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bundles import ROOT, ReleaseError, commit_of_tag, git, releases


def make_tags(root: Path, bundled: Path | None = None) -> list[str]:
    """Make the tags that a repository lacks; return them, the oldest first.

    The bundles are those of the repository's own work tree, or of another checkout (``bundled``).
    Raises ReleaseError, before any tag is made, for a tag that is there and names something else.
    """
    missing = []
    for release in releases(bundled or root):
        commit = _commit_in(root, release.path)
        there = commit_of_tag(root, release.tag)
        if there and there != commit:
            raise ReleaseError(
                f"the tag {release.tag} names {there[:12]} here, and the release {commit[:12]}\n"
                "  Nothing was changed. If the tag here is a mistake, make it anew:\n"
                f"  git tag --delete {release.tag} && make tags"
            )
        if not there:
            missing.append(release)
    for release in missing:
        reference = f"refs/tags/{release.tag}"
        git(root, "fetch", "--quiet", "--no-tags", str(release.path), f"{reference}:{reference}")
    return [release.tag for release in missing]


def _commit_in(root: Path, bundle: Path) -> str:
    """Return the commit that a bundle brings."""
    lines = git(root, "bundle", "list-heads", str(bundle)).splitlines()
    for line in lines:
        commit, _, name = line.partition(" ")
        if name == f"refs/tags/{bundle.stem}":
            return commit
    raise ReleaseError(
        f"{bundle.name} has no tag {bundle.stem}\n  Get the file again: git checkout -- {bundle}"
    )


if __name__ == "__main__":
    try:
        made = make_tags(ROOT)
    except ReleaseError as error:
        sys.exit(f"error: {error}")
    print(f"tags made: {', '.join(made)}" if made else "all tags are there already")
