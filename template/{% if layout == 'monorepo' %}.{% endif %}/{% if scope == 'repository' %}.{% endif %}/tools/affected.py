"""Print, as JSON, the packages that a change touches: those with a changed file, and all that depend on them.

The change is what the work tree holds and the base does not, counted from where the two parted. A change of what
all packages share (the lock file, the Makefile, these tools, ...) touches every package; so does a base
that git does not know.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from fnmatch import fnmatch

from workspace import ROOT, Package, packages

HARMLESS = (
    "*.md",
    ".copier-answers*.yml",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/*",
    "LICENSE*",
    "__legacy/*",
    "compose.yaml",
    "docs/*",
    "tests/*",
)
"""Outside packages/, what no package is built from or tested with. Everything else counts."""


def affected(changed: Iterable[str], known: Iterable[Package]) -> list[str]:
    """Return the folders of the packages that are touched by changed files, dependents included."""
    known = list(known)
    folders = {package.folder for package in known}
    touched = set()
    for path in changed:
        top, _, below = path.partition("/")
        folder, inside, _ = below.partition("/")
        if top == "packages" and inside and folder in folders:
            touched.add(folder)
        elif top == "packages" or not any(fnmatch(path, pattern) for pattern in HARMLESS):
            # What all share has changed, or a package is gone that others may need.
            return sorted(folders)
    while True:
        dependents = {
            package.folder
            for package in known
            if touched.intersection(package.depends + package.develops_with)
        }
        if dependents <= touched:
            return sorted(touched)
        touched |= dependents


def changed_since(base: str) -> list[str] | None:
    """Return the files that differ from where HEAD left a base; None if git does not know it."""
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    fork = _git("merge-base", commit.strip(), "HEAD") if commit else None
    if not fork:
        return None
    tracked = _git("diff", "--name-only", "--no-renames", "-z", fork.strip())
    untracked = _git("ls-files", "--others", "--exclude-standard", "-z")
    if tracked is None or untracked is None:
        return None
    return [path for path in f"{tracked}{untracked}".split("\0") if path]


def affected_since(base: str) -> list[str]:
    """Return the folders of the packages that are touched since a base; all if it is unknown."""
    known = packages()
    changed = changed_since(base)
    if changed is None:
        print(f"git does not know {base or 'the base'} here: every package counts", file=sys.stderr)
        return [package.folder for package in known]
    return affected(changed, known)


def _git(*arguments: str) -> str | None:
    command = ["git", "-c", "core.quotePath=false", "-C", str(ROOT), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else None


def main() -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Print what a change touches, as JSON.")
    parser.add_argument("--base", required=True, help="the commit or branch to compare with")
    print(json.dumps(affected_since(parser.parse_args().base)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
