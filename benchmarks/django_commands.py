"""Commands of Django packages that nobody here wrote, before and after they become console scripts.

    python benchmarks/django_commands.py [--package NAME==VERSION]... [--details]

Each package's sources, as PyPI has them, are adopted into the layout monorepo. Before, a command
runs by ``django-admin`` in a project that installs the package; after, it runs by the console
script's entry point, in an environment with nothing but what the adopted packages declare. Of the
commands that work before, counted are those that print the same ``--help``, and those that cannot
be imported, by whether a finding about the file that fails had told of it; and how many command
lines of a table (``django_packages.py``) print and exit the same.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomlkit

from corpora import fresh_clone, repository_of
from django_packages import SUBJECTS, Subject, subject_of
from environments import Ended, Environment
from measure import RELAYOUT, table

_NO_SCRIPT = "there is no console script"
DJANGO = "Django>=5.2,<6"
_GENERATED = ("PKG-INFO", "*.egg-info", "*/*.egg-info", "pyproject.toml.orig")
"""What a release has beside the sources that it was made of."""

_ABOUT_NAMES = ("django-", "orm-", "import-")
"""How the codes of findings begin that tell of names which are not there, or ask for settings."""

_OF_MANAGER = re.compile(
    r" \[--settings SETTINGS\]| \[--pythonpath PYTHONPATH\]| \[--skip-checks\]"
    r"|^ +--(?:settings|pythonpath|skip-checks)\b.*\n(?: {10,}.*\n)*",
    re.MULTILINE,
)
_FRAME = re.compile(r'^  File "(.+)", line (\d+)', re.MULTILINE)
_TRACEBACK = re.compile(r"^Traceback \(most recent call last\):\n(?:[ \n].*\n?)*", re.MULTILINE)
_MODULE_OF_ERROR = re.compile(r"^(?:\w+\.)+(?=\w+: )", re.MULTILINE)
_ENTRY = """
import sys
from pkgutil import resolve_name
target, *sys.argv = sys.argv[1:]
sys.exit(resolve_name(target)())
"""
"""Runs the entry point that the first argument names, under the name that the second one is."""

_COMMANDS = """
import json, django
from django.core.management import get_commands
django.setup()
print(json.dumps({n: a for n, a in get_commands().items() if isinstance(a, str)}))
"""


@dataclass(slots=True)
class Counted:
    """What became of the commands of one package; each list has lines that say which, and why."""

    name: str
    failures: list[str]
    """Why packages cannot be installed, if they cannot."""
    same: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    unreported: list[str] = field(default_factory=list)
    not_before: list[str] = field(default_factory=list)
    runs_same: list[str] = field(default_factory=list)
    runs_different: list[str] = field(default_factory=list)

    def row(self) -> list[str]:
        """Return the row of a table: of the commands that work before."""
        runs = len(self.runs_same) + len(self.runs_different)
        lists = (self.same, self.different, self.reported, self.unreported)
        numbers = [len(one) for one in lists]
        installs = "no" if self.failures else "yes"
        return [
            self.name,
            installs,
            str(sum(numbers)),
            *map(str, numbers),
            f"{len(self.runs_same)} of {runs}",
        ]

    def details(self) -> Iterator[str]:
        """Yield lines about the commands that do not print and do the same."""
        for title, lines in (
            ("cannot be installed", self.failures),
            ("other help", self.different),
            ("not imported, reported", self.reported),
            ("not imported, NOT REPORTED", self.unreported),
            ("does not work before", self.not_before),
            ("other runs", self.runs_different),
        ):
            yield from (f"  {title}: {line}" for line in lines)


class NotTried(Exception):
    """There is nothing to compare, for a reason that the message says."""


class Trial:
    """A package before and after its commands became console scripts."""

    def __init__(self, subject: Subject, clone: Path, scratch: Path) -> None:
        """Adopt the clone of the package's sources, and make both environments.

        Raises NotTried if the package has no commands that run before, or is refused.
        """
        self.subject = subject
        self.clone = clone
        apps = subject.apps or tuple(apps_in(clone))
        settings = replace(subject, apps=apps).settings_module()
        (scratch / "trial_settings.py").write_text(settings, encoding="utf-8")
        self.before = Environment(
            scratch / "before", DJANGO_SETTINGS_MODULE="trial_settings", PYTHONPATH=str(scratch)
        )
        if failure := self.before.install(DJANGO, subject.requirement):
            raise NotTried(f"{subject.requirement} cannot be installed\n{failure}")
        self.commands = self._commands(apps)
        self.findings = _adopt(clone)
        projects = sorted(clone.glob("packages/*/pyproject.toml"))
        self.scripts = {k: v for project in projects for k, v in _scripts(project).items()}
        sources = os.pathsep.join(str(project.parent / "src") for project in projects)
        self.after = Environment(scratch / "after", PYTHONPATH=sources)
        os.environ["SETUPTOOLS_SCM_PRETEND_VERSION"] = subject.version  # a release has no tags
        self.failures = [*self._install(projects)]

    def _install(self, projects: Iterable[Path]) -> Iterator[str]:
        """Install packages, or only what they declare where they cannot be built; yield why."""
        for project in projects:
            if failure := self.after.install(f"--editable={project.parent}"):
                errors = [line for line in failure.splitlines() if "rror" in line]
                yield f"{project.parent.name}: {(errors or [failure])[-1].strip()}"
                if self.after.install("--requirements", project):
                    yield f"{project.parent.name}: nor what it declares"

    def _commands(self, apps: Sequence[str]) -> list[str]:
        """Return the names of the commands that the package's sources have."""
        done = self.before.run("python", "-c", _COMMANDS)
        if done.status:
            raise NotTried(f"{self.subject.requirement} cannot be set up\n{done.err}")
        found: Mapping[str, str] = json.loads(done.out)
        return [name for name in sorted(found) if found[name] in apps and self._has(found, name)]

    def _has(self, found: Mapping[str, str], name: str) -> bool:
        place = f"{found[name].replace('.', '/')}/management/commands/{name}.py"
        return any(self.clone.glob(place)) or any(self.clone.glob(f"*/{place}"))

    def count(self) -> Counted:
        """Run everything on both sides, and return what became of it."""
        counted = Counted(self.subject.corpus.name, self.failures)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            helps = list(pool.map(lambda name: self._both(name, "--help"), self.commands))
            works = set()
            for name, (old, new) in zip(self.commands, helps, strict=True):
                if self._count_help(counted, name, old, new):
                    works.add(name)
            lines = [line for line in self.subject.runs if line[0] in works]
            for line, (old, new) in zip(
                lines, pool.map(lambda line: self._both(*line), lines), strict=True
            ):
                self._count_run(counted, " ".join(line), old, new)
        return counted

    def _both(self, name: str, *arguments: str) -> tuple[Ended, Ended]:
        run = partial(self.before.run, "django-admin", name, *arguments)
        return _comparable(run(called=f"django-admin {name}")), self._after(name, *arguments)

    def _after(self, name: str, *arguments: str) -> Ended:
        script = self.script(name)
        if script is None:
            return Ended("", _NO_SCRIPT, 1)
        entry = ("python", "-c", _ENTRY, self.scripts[script], script)
        return _comparable(self.after.run(*entry, *arguments, called=script))

    def script(self, name: str) -> str | None:
        """Return the console script of a command, or None."""
        dashed = name.replace("_", "-")
        folders = sorted(path.name for path in (self.clone / "packages").iterdir())
        names = [f"{folder.replace('_', '-')}-{dashed}" for folder in folders]
        return next((name for name in names if name in self.scripts), None)

    def _count_help(self, counted: Counted, name: str, old: Ended, new: Ended) -> bool:
        """Count a command by its help; return whether it can be imported on both sides."""
        if old.status:
            counted.not_before.append(f"{name}: {old.said}")
        elif new == old:
            counted.same.append(name)
        elif new.status == 0:
            counted.different.append(f"{name}: {_first_difference(old.out, new.out)}")
        else:
            codes, where = self._why(name, new.err)
            listed = counted.reported if codes else counted.unreported
            listed.append(f"{name}: {', '.join(codes)} {where}: {new.said}")
        return old.status == new.status == 0

    def _why(self, name: str, err: str) -> tuple[list[str], str]:
        """Return the findings about the line of the package at which a command fails."""
        if err == _NO_SCRIPT:
            of_name = [f for f in self.findings if f["path"].endswith(f"/{name}.py")]
            return sorted({f["code"] for f in of_name}), ""
        frames = [(file, int(line)) for file, line in _FRAME.findall(err)]
        inside = [frame for frame in frames if frame[0].startswith(str(self.clone))]
        if not inside:
            return [], ""
        file, line = inside[-1]
        path = Path(file).relative_to(self.clone).as_posix()
        return self._codes(path, line), f"{path}:{line}"

    def _codes(self, path: str, line: int) -> list[str]:
        """Return the codes of the findings about names that a file needs, at best at a line.

        A finding stands at the import; it says in words where the name is used.
        """
        found = [f for f in self.findings if f["path"] == path]
        found = [f for f in found if f["code"].startswith(_ABOUT_NAMES)]
        exact = [f for f in found if f["line"] == line]
        return sorted({f["code"] for f in exact or found})

    def _count_run(self, counted: Counted, line: str, old: Ended, new: Ended) -> None:
        old, new = (replace(side, err=_error_alone(side.err)) for side in (old, new))
        if old == new:
            counted.runs_same.append(line)
            return
        difference = _first_difference(f"{old.out}{old.err}", f"{new.out}{new.err}")
        said = ", ".join(self._about(line.partition(" ")[0])) or "NOT REPORTED"
        statuses = f"exit status {old.status} and {new.status}"
        counted.runs_different.append(f"{line}: {said}: {statuses}; {difference}")

    def _about(self, name: str) -> list[str]:
        """Return the findings about names that the file of a command needs."""
        module = self.scripts[self.script(name) or ""].partition(":")[0].replace(".", "/")
        found = self.clone.glob(f"packages/*/src/{module}.py")
        return [
            c for path in found for c in self._codes(path.relative_to(self.clone).as_posix(), 0)
        ]


def _error_alone(err: str) -> str:
    """Return what a program said without the way to an error, and the module that it is of."""
    return _MODULE_OF_ERROR.sub("", _TRACEBACK.sub("", err))


def _comparable(ended: Ended) -> Ended:
    """Return what a run printed without the three options of ``manage.py``."""
    out, err = (_OF_MANAGER.sub("", text) for text in (ended.out, ended.err))
    return replace(ended, out=out, err=err)


def _scripts(project: Path) -> dict[str, str]:
    """Return the console scripts that a ``pyproject.toml`` declares."""
    declared = tomlkit.parse(project.read_text(encoding="utf-8")).unwrap()
    scripts: dict[str, str] = declared.get("project", {}).get("scripts", {})
    return scripts


def _first_difference(old: str, new: str) -> str:
    before, after = old.splitlines(), new.splitlines()
    length = max(len(before), len(after))
    lines = [[*side, *[""] * (length - len(side))] for side in (before, after)]
    return next(
        (f"{a.strip()!r} | {b.strip()!r}" for a, b in zip(*lines, strict=True) if a != b), ""
    )


def apps_in(folder: Path) -> Iterator[str]:
    """Yield the dotted names of the apps with commands in a release's sources, but for tests."""
    for commands in sorted(folder.rglob("management/commands")):
        parts = commands.parent.parent.relative_to(folder).parts
        parts = parts[1:] if parts[:1] == ("src",) else parts
        if parts and not any(part.startswith(("test", "example", ".")) for part in parts):
            yield ".".join(parts)


def _adopt(clone: Path) -> list[dict[str, Any]]:
    """Adopt a clone; return the findings. Raises NotTried if it is refused."""
    done = subprocess.run(
        [*RELAYOUT, "adopt", "--layout", "monorepo", "--json", str(clone)],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout or "{}")
    if "plan" not in report:
        raise NotTried(f"it cannot be adopted\n{done.stderr}{done.stdout}")
    findings: list[dict[str, Any]] = report["plan"]["findings"]
    return findings


def _without_generated(clone: Path) -> None:
    git = ["git", "-C", str(clone)]
    subprocess.run([*git, "rm", "-r", "--quiet", "--ignore-unmatch", *_GENERATED], check=True)
    quiet = ["commit", "--quiet", "--allow-empty", "--message", "Sources only"]
    subprocess.run([*git, *quiet], check=True)


def measure(subject: Subject) -> Counted:
    """Return what becomes of the commands of a package. Raises NotTried."""
    with (
        fresh_clone(repository_of(subject.corpus, "*")) as clone,
        TemporaryDirectory(prefix="relayout-bench-") as scratch,
    ):
        _without_generated(clone)
        return Trial(subject, clone, Path(scratch)).count()


def _print(all_counted: Iterable[Counted]) -> None:
    head = (
        "package", "installs", "commands", "same help", "other help",
        "not imported, reported", "not imported, not reported", "same runs",
    )  # fmt: skip
    print(table(head, [counted.row() for counted in all_counted]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", action="append", default=[], metavar="NAME==VERSION")
    parser.add_argument("--details", action="store_true", help="say which, and why")
    arguments = parser.parse_args()
    try:
        subjects = [subject_of(name) for name in arguments.package] or list(SUBJECTS)
    except ValueError as error:
        parser.error(str(error))
    counted: list[Counted] = []
    not_tried: list[str] = []
    for subject in subjects:
        print(f"trying {subject.corpus.name}", file=sys.stderr)
        try:
            counted.append(measure(subject))
        except NotTried as problem:
            not_tried.append(subject.corpus.name)
            print(f"error: {subject.corpus.name}: {problem}", file=sys.stderr)
    _print(counted)
    if arguments.details:
        for one in counted:
            print("\n".join(["", one.name, *one.details()]))
    if not_tried:
        sys.exit(f"not tried: {', '.join(not_tried)}")


if __name__ == "__main__":
    main()
