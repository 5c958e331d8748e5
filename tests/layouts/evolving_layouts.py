"""Three versions of each layout as a maintainer makes them: by search and replace, and by hand.

A folder of the package is renamed twice, a test goes to a folder of its own, and the first line of
each module in the folder is another in each version. Nothing here knows of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

VERSIONS = (1, 2, 3)


@dataclass(frozen=True)
class Evolving:
    """A layout with the package of some answers, and what its versions rename."""

    layout: str
    root: str
    """The folder of the package, or the part of it, that has the folder."""
    dotted: str
    """What that is called in imports."""
    names: tuple[str, str, str]
    """What the folder is called in each version."""
    test: str
    """A test that stands in the folder ``apart`` beside it from the third version on."""
    answers: tuple[tuple[str, str], ...] = ()

    def folder(self, version: int) -> str:
        """Return the path of the folder in a version."""
        return f"{self.root}/{self.names[version - 1]}"

    def path(self, path: str, old: int, new: int) -> str:
        """Return where a file of one version is in a later one."""
        was = f"{self.folder(old)}/"
        if path.startswith(was):
            return f"{self.folder(new)}/{path.removeprefix(was)}"
        if path == self.test and new == VERSIONS[-1]:
            return _apart(path)
        return path

    def text(self, path: str, text: str, old: int, new: int) -> str:
        """Return what a file of one version holds in a later one; ``path`` is the old one."""
        text = self._naming(old).sub(rf"\g<1>{self.names[new - 1]}", text)
        if path.startswith(f"{self.folder(old)}/") and path.endswith(".py"):
            return since(new, text)
        return text

    def names_it(self, line: str, version: int) -> bool:
        """Tell whether a line of a file names the folder as a version calls it."""
        return bool(self._naming(version).search(line))

    def later(self, files: Mapping[str, bytes], old: int, new: int) -> dict[str, bytes]:
        """Return what a later version has of these files; what is no text stays as it is."""
        moved: dict[str, bytes] = {}
        for path, content in files.items():
            place = self.path(path, old, new)
            moved[place] = content
            with suppress(UnicodeDecodeError):
                moved[place] = self.text(path, content.decode(), old, new).encode()
        return moved

    def declared(self, new: int) -> dict[str, object]:
        """Return what a version declares."""
        moves = [(self.folder(new - 1), self.folder(new))]
        if new == VERSIONS[-1]:
            moves.append((self.test, _apart(self.test)))
        return {"moves": [{"from": old, "to": new} for old, new in moves]}

    def _naming(self, version: int) -> re.Pattern[str]:
        """Match the folder's name after that of the package, in imports and in paths."""
        above = r"[./]".join(map(re.escape, self.dotted.split(".")))
        return re.compile(rf"(\b{above}[./]){self.names[version - 1]}\b")


def since(version: int, text: str) -> str:
    """Return a module with the first line that a version gives it, if it has a docstring."""
    return re.sub(r'\A"""(?:Since \d: )?', f'"""Since {version}: ', text)


def _apart(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/apart/{name}"


LAYOUTS = (
    Evolving(
        "src-layout",
        "src/pipelines",
        "pipelines",
        ("loading", "sources", "intake"),
        "tests/test_config.py",
    ),
    Evolving(
        "src-layout",
        "src/shop",
        "shop",
        ("loading", "sources", "intake"),
        "tests/test_imports.py",
        (("package", "shop"), ("pipeline", "parcels"), ("database", "duckdb")),
    ),
    Evolving(
        "batch-streaming",
        "src/data_platform",
        "data_platform",
        ("streaming", "events_in", "arrivals"),
        "tests/unit/test_tools.py",
    ),
    Evolving(
        "monorepo",
        "packages/data_pipeline/src/data_pipeline",
        "data_pipeline",
        ("support", "passes", "rounds"),
        "packages/data_pipeline/tests/test_tables.py",
    ),
    Evolving(
        "dagster",
        "src/depot",
        "depot",
        ("utils", "shaping", "forms"),
        "tests/test_cleaning.py",
        (("package", "depot"),),
    ),
    Evolving(
        "pipeline-centric",
        "pipelines/shared",
        "pipelines.shared",
        ("utilities", "library", "stock"),
        "pipelines/shared/tests/test_registry.py",
    ),
)
