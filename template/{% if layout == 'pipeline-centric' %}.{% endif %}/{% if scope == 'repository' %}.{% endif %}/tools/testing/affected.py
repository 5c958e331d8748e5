"""What a change touches: the pipelines with a changed file, those that read from them, and whether it is what all share.

The change is what the work tree holds and the base does not, counted from where the two parted. A change of what
all pipelines share (`pipelines/shared/`, `pyproject.toml`, the lock file, ...) touches every one; so does a
base that git does not know.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = "shared"
HARMLESS = (
    "*.md",
    ".copier-answers*.yml",
    ".dockerignore",
    ".editorconfig",
    ".env.example",
    ".gitattributes",
    ".github/*",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    "LICENSE*",
    "Makefile",
    "__legacy/*",
    "compose*.y*ml",
    "config/*",
    "data/*",
    "docker/*",
    "docker-compose*.y*ml",
    "docs/*",
    "pipelines/_templates/*",
    "platform/*",
    "tests/*",
    "tools/*",
)
"""What no pipeline is tested with: the repository's own tests, which always run, look at these. Everything else counts."""
NAMES_ANOTHER = re.compile(
    # from pipelines.other..., pipelines/other/..., local: ../../other/dbt, location: other.output
    rb"""\bpipelines[./](\w+)|\bfrom\s+pipelines\s+import\s+(\w+)|\.\./(\w+)/|\blocation:\s*["']?(\w+)\."""
)
READ = {".py", ".sql", ".yml", ".yaml", ".toml", ".json", ".sh"}


def pipelines(root: Path = ROOT) -> list[str]:
    """Return the names of the pipelines: the folders of `pipelines/` but those that all share."""
    folder = root / "pipelines"
    if not folder.is_dir():
        return []
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.is_dir() and path.name[0] not in "._" and path.name != SHARED
    )


def touched(
    changed: Iterable[str], known: Iterable[str], reads: Mapping[str, frozenset[str]]
) -> list[str]:
    """Return the pipelines that changed files touch, with those that read from them."""
    known = set(known)
    found: set[str] = set()
    for path in changed:
        top, _, below = path.partition("/")
        name, inside, _ = below.partition("/")
        if any(fnmatch(path, pattern) for pattern in HARMLESS) and not _is_read_by_dbt(path):
            continue
        if top != "pipelines" or not inside or name == SHARED:
            return sorted(known)
        # A pipeline that is gone has no tests, but those that read from it have.
        found.add(name)
    while True:
        more = {name for name in known if reads.get(name, frozenset()) & found}
        if more <= found:
            return sorted(found & known)
        found |= more


def readers(root: Path, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return, for each pipeline, the other ones that its files name."""
    known = list(names)
    return {name: _named(root / "pipelines" / name) - {name, SHARED} for name in known}


def changed_since(base: str, root: Path = ROOT) -> list[str] | None:
    """Return the files that differ from where HEAD left a base; None if git does not know it."""
    commit = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
    )
    fork = _git(root, "merge-base", commit.strip(), "HEAD") if commit else None
    if not fork:
        return None
    tracked = _git(root, "diff", "--name-only", "--no-renames", "-z", fork.strip())
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    if tracked is None or untracked is None:
        return None
    return [path for path in f"{tracked}{untracked}".split("\0") if path]


def touched_since(base: str, root: Path = ROOT) -> list[str]:
    """Return the pipelines that are touched since a base; all if it is unknown."""
    known = pipelines(root)
    changed = changed_since(base, root)
    if changed is None:
        print(
            f"git does not know {base or 'the base'} here: every pipeline counts", file=sys.stderr
        )
        return known
    return touched(changed, known, readers(root, known))


def shared_out(names: list[str], count: int) -> list[str]:
    """Return the names in at most so many groups of like size, each as one text."""
    return [" ".join(names[start::count]) for start in range(min(count, len(names)))]


def part(names: list[str], which: str) -> str:
    """Return the group of the names that a text like `2/10` asks for; empty if it is left with none.

    Raises:
        ValueError: the text is none like that.
    """
    index, slash, count = which.partition("/")
    if not slash or not 1 <= int(index) <= int(count):
        message = f"{which!r} is no group; the second of ten is 2/10"
        raise ValueError(message)
    return " ".join(names[int(index) - 1 :: int(count)])


def _is_read_by_dbt(path: str) -> bool:
    """Tell whether a file that looks like documentation is one of dbt, which parses its blocks."""
    return path.startswith("pipelines/") and (
        "/dbt/" in path or path.startswith("pipelines/shared/")
    )


def _named(folder: Path) -> frozenset[str]:
    found: set[str] = set()
    for part in ("config", "dbt", "orchestration", "scripts"):
        for path in (folder / part).rglob("*"):
            if path.suffix in READ and "target" not in path.parts and path.is_file():
                for groups in NAMES_ANOTHER.findall(path.read_bytes()):
                    found.update(name.decode() for name in groups if name)
    return frozenset(found)


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else None


def main() -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(
        description="Print the pipelines that a change touches, as JSON."
    )
    parser.add_argument("--base", required=True, help="the commit or branch to compare with")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--groups", type=int, metavar="N", help="print at most N groups of names")
    form.add_argument("--group", metavar="I/N", help="print the names of one group, as plain text")
    arguments = parser.parse_args()
    names = touched_since(arguments.base)
    if arguments.group:
        try:
            print(part(names, arguments.group))
        except ValueError as error:
            parser.error(str(error))
    else:
        print(json.dumps(shared_out(names, arguments.groups) if arguments.groups else names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
