"""Clones of a suite of a few files, which the scripts of this one release."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FILES = {
    "CHANGELOG.md": "# Changes\n\n## 1.1.0\n\nMore.\n\n## 1.0.0\n\nThe first.\n",
    "LICENSE": "MIT\n",
    "Makefile": "all:\n",
    "README.md": "A suite.\n",
    "copier.yml": "_subdirectory: template\n",
    "hooks/adopt.py": "",
    "migrations/layouts/one.yml": "{}\n",
    "pyproject.toml": "[project]\n",
    "src/relayout/__init__.py": '__version__ = "1.0.0"\n',
    "template/old.txt": "".join(f"line {number}\n" for number in range(100)),
    "template/{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers | to_nice_yaml }}",
}


@dataclass(frozen=True)
class Checkout:
    """A clone of a suite, and what its people do in it."""

    folder: Path

    def git(self, *arguments: str) -> str:
        """Return what git prints; the test fails if git does."""
        author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        command = ["git", "-C", str(self.folder), *author, "-c", "commit.gpgsign=false"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        """Write a file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def commit(self, message: str) -> None:
        """Record everything that is there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Return how a script of the suite ended."""
        command = [sys.executable, "-B", self.folder / "releases" / f"{script}.py", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def release(self, version: str) -> None:
        """Release what is there as a version, and record the bundle."""
        self.write("src/relayout/__init__.py", f'__version__ = "{version}"\n')
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", f"Version {version}")
        done = self.run("make_release", version)
        assert done.returncode == 0, done.stderr
        self.commit(f"Release {version}")

    def clone(self, folder: Path) -> "Checkout":
        """Return a clone that travelled without tags."""
        self.git("clone", "--quiet", "--no-tags", ".", str(folder))
        return Checkout(folder)
