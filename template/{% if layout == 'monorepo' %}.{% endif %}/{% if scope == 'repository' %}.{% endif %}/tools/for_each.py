"""Run the tests of packages, or build their images: of all, of those named, or of those that a change touches."""

import argparse
import shlex
import subprocess
import sys
from collections.abc import Sequence

from affected import affected_since
from workspace import ROOT, Package, chosen, packages

NO_TESTS_COLLECTED = 5


def test_command(package: Package, arguments: Sequence[str]) -> list[str]:
    """Return the command that tests a package, in its folder; nothing if it has no tests."""
    if not (ROOT / "packages" / package.folder / "tests").is_dir():
        return []
    return [sys.executable, "-m", "pytest", "tests", *arguments]


def image_command(package: Package, arguments: Sequence[str]) -> list[str]:
    """Return the command that builds a package's image; nothing if it has no Dockerfile."""
    folder = ROOT / "packages" / package.folder
    dockerfile = folder / "Dockerfile"
    if not dockerfile.is_file():
        return []
    tag = f"{package.project}:latest"
    return ["docker", "build", "--file", str(dockerfile), "--tag", tag, *arguments, str(ROOT)]


def run(task: str, package: Package, arguments: Sequence[str]) -> bool:
    """Run a task for one package, and tell whether it went well."""
    command = (test_command if task == "test" else image_command)(package, arguments)
    if not command:
        print(f"{package.folder}: nothing to {'test' if task == 'test' else 'build'}", flush=True)
        return True
    print(f"{package.folder}: {task}", flush=True)
    try:
        done = subprocess.run(command, cwd=ROOT / "packages" / package.folder, check=False)
    except FileNotFoundError:
        print(f"error: {command[0]} is not on PATH", file=sys.stderr)
        return False
    return done.returncode in ({0, NO_TESTS_COLLECTED} if task == "test" else {0})


def main() -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Test packages, or build their images.")
    parser.add_argument("task", choices=["test", "image"])
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--package", action="append", help="a folder or name; may be repeated")
    which.add_argument("--since", metavar="BASE", help="what a change since BASE touches")
    parser.add_argument("--args", default="", help="options for pytest or docker build")
    arguments = parser.parse_args()
    try:
        known = packages()
        names = [package.folder for package in known]
        if arguments.package:
            names = arguments.package
        elif arguments.since is not None:
            names = affected_since(arguments.since)
        failed = [
            package.folder
            for package in chosen(names, known)
            if not run(arguments.task, package, shlex.split(arguments.args))
        ]
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if not names:
        print("No package is touched.")
    if failed:
        print(f"error: {arguments.task} failed for {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
