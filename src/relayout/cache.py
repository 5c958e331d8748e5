"""What was worked out before and need not be again: facts by blob id, and the last plan.

It is kept in ``.git/relayout/cache``, may be deleted at any time, and counts only for the engine
that wrote it: the name of a file in it holds a fingerprint of the engine, its recipes and template
and of the interpreter. Files are written by ``marshal``, which holds data and runs nothing when it
is read (https://docs.python.org/3/library/marshal.html), behind a digest of their content: what is
damaged is passed over.

It has nothing that the repository's own commits do not have, or that the template does not bring:
neither untracked files nor answers to questions, which a key holds as a digest only.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, fields
from itertools import starmap
from pathlib import Path
from typing import Any

import relayout
from relayout.inventory.module_strings import ModuleString
from relayout.inventory.python import ImportStatement, PythonFile
from relayout.inventory.string_places import Place
from relayout.planning.homes import Home
from relayout.planning.plan import FileEdit, Finding, Kept, Move, Plan
from relayout.planning.split import Part, Split
from relayout.source import Edit
from relayout.tree import Tree

_DIGEST = hashlib.sha256().digest_size


def engine_fingerprint(suite: Path) -> str:
    """Return what tells this engine and its suite from every other, as a short text.

    It is made of what the files hold: a time of change may be set to anything when they are copied.
    """
    package = Path(__file__).resolve().parent
    digest = hashlib.sha256(f"{relayout.__version__} {sys.version}".encode())
    for folder in (package, suite / "template", suite / "migrations"):
        for path in sorted(_files(folder)):
            _add_file(digest, path)
    _add_file(digest, os.fspath(suite / "copier.yml"))
    return digest.hexdigest()[:24]


def _add_file(digest: hashlib._Hash, path: str) -> None:
    with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123 (half as long for many)
        content = file.read()
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", errors="surrogateescape"))
        digest.update(content)


def _files(folder: Path) -> Iterator[str]:
    """Yield the files below a folder, without those that Python compiles."""
    pending = [os.fspath(folder)]
    while pending:
        with suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif not entry.name.endswith(".pyc"):
                    yield entry.path


class Cache:
    """The cache of one repository for one engine."""

    def __init__(self, git_dir: Path, fingerprint: str) -> None:
        self._folder = git_dir / "relayout" / "cache"
        self._fingerprint = fingerprint

    # -- facts

    def facts(self) -> dict[str, PythonFile]:
        """Return facts about Python files by blob id; they depend on the content alone."""
        records = self._load("facts")
        if not isinstance(records, dict):
            return {}
        return {blob: _facts_from(record) for blob, record in records.items()}

    def save_facts(self, facts: Mapping[str, PythonFile]) -> None:
        """Keep these facts, and no others."""
        self._save("facts", {blob: _facts_record(file) for blob, file in facts.items()})

    # -- the last plan

    def plan(self, key: str) -> Plan | None:
        """Return the plan that was made for the same question, or None."""
        record = self._load("plan")
        if not isinstance(record, tuple) or record[0] != key:
            return None
        return _plan_from(record[1])

    def save_plan(self, key: str, plan: Plan) -> None:
        """Keep a plan, in place of the last one."""
        self._save("plan", (key, _plan_record(plan)))

    # -- files

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}-{self._fingerprint}"

    def _load(self, name: str) -> Any:
        try:
            data = self._file(name).read_bytes()
            digest, content = data[:_DIGEST], data[_DIGEST:]
            if hashlib.sha256(content).digest() != digest:
                return None
            return marshal.loads(content)  # noqa: S302 (plain data, and nothing runs)
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def _save(self, name: str, value: Any) -> None:
        """Write a file as a whole; where it cannot be written, there is no cache."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for other in self._folder.glob(f"{name}-*"):
                if other != self._file(name):
                    other.unlink(missing_ok=True)
            content = marshal.dumps(value)
            draft = self._folder / f"{name}.{os.getpid()}.draft"
            draft.write_bytes(hashlib.sha256(content).digest() + content)
            draft.replace(self._file(name))


def plan_key(tree: Tree, *said: object) -> str:
    """Return what tells one question for a plan from another: the tree, and all that was said."""
    digest = hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode())
    listing = "\0".join([f"{p}\0{tree[p].mode}{tree[p].blob}" for p in tree])
    digest.update(listing.encode("utf-8", errors="surrogateescape"))
    return digest.hexdigest()


# -- records: tuples of plain values, which is what marshal takes


def _facts_record(file: PythonFile) -> tuple[Any, ...]:
    values = {field.name: getattr(file, field.name) for field in fields(PythonFile)}
    values["statements"] = tuple([tuple(statement) for statement in file.statements])
    values["hacks"] = ()  # a file with hacks depends on its place, and so is not kept
    values["module_strings"] = tuple([_string_record(s) for s in file.module_strings])
    return tuple(values.values())


def _facts_from(record: tuple[Any, ...]) -> PythonFile:
    names = [field.name for field in fields(PythonFile)]
    values = dict(zip(names, record, strict=True))
    values["statements"] = tuple([ImportStatement(*s) for s in values["statements"]])
    values["module_strings"] = tuple([_string_from(s) for s in values["module_strings"]])
    return PythonFile(**values)


def _string_record(string: ModuleString) -> tuple[Any, ...]:
    line, text, place, *rest = astuple(string)
    return (line, text, place.value, *rest)


def _string_from(record: tuple[Any, ...]) -> ModuleString:
    line, text, place, *rest = record
    return ModuleString(line, text, Place(place), *rest)


def _plan_record(plan: Plan) -> tuple[Any, ...]:
    return (
        plan.layout,
        tuple([astuple(home) for home in plan.homes]),
        {folder: astuple(home) for folder, home in plan.territories.items()},
        tuple([astuple(split) for split in plan.splits]),
        tuple([astuple(move) for move in plan.moves]),
        tuple([astuple(kept) for kept in plan.kept]),
        tuple([(e.path, tuple(map(tuple, e.edits))) for e in plan.edits]),
        dict(plan.additions),
        dict(plan.scripts),
        dict(plan.external),
        tuple([astuple(finding) for finding in plan.findings]),
    )


def _plan_from(record: tuple[Any, ...]) -> Plan:
    layout, homes, territories, splits, *rest = record
    moves, kept, edits, additions, scripts, external, findings = rest
    return Plan(
        layout=layout,
        homes=tuple(starmap(Home, homes)),
        territories={folder: Home(*home) for folder, home in territories.items()},
        splits=tuple([Split(p, s, tuple(starmap(Part, parts))) for p, s, parts in splits]),
        moves=tuple(starmap(Move, moves)),
        kept=tuple(starmap(Kept, kept)),
        edits=tuple([FileEdit(path, tuple(starmap(Edit, some))) for path, some in edits]),
        additions=additions,
        scripts=scripts,
        external=external,
        findings=tuple(starmap(Finding, findings)),
    )
