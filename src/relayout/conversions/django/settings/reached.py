"""What code reaches through settings that are folders, and where those folders are put for it.

The folder of a project comes apart: commands go to the package, data elsewhere. If what code
reaches through ``BASE_DIR`` went to one place together, ``BASE_DIR`` is that place; if not, it
stays. Lines that reach something else are reported.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relayout.conversions.django.settings.places import has_parted, place_after
from relayout.conversions.django.settings.uses import FileUses, Manner, Use
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination


@dataclass(frozen=True, slots=True)
class _Reached:
    """One use of a folder: what is reached, and whether anything was joined to the folder."""

    file: FileUses
    use: Use
    base: str
    path: str
    joined: bool

    @property
    def rest(self) -> str:
        """What was joined to the folder."""
        return self.path[len(self.base) :].lstrip("/")


class ReachedPlaces:
    """The uses of settings that are folders; ``constants`` has the path of each, as it was."""

    def __init__(
        self, files: Sequence[FileUses], constants: Mapping[str, str], destination: Destination
    ) -> None:
        self._destination = destination
        self._reached = [
            _Reached(file, use, base, *joined_path(use.whole, base, file.parents))
            for file in files
            for use in file.uses
            if use.manner is not Manner.CHANGED
            if (base := constants.get(use.name)) is not None and has_parted(base, destination)
        ]

    def places(self) -> dict[str, str]:
        """Return where each folder is put: where more than half of what code reaches is.

        Uses of the folder itself, and of folders that came apart as well, have no say: they are
        reported, wherever it is.
        """
        found: dict[str, list[str]] = {}
        for reached in self._reached:
            if reached.joined and not has_parted(reached.path, self._destination):
                found.setdefault(reached.base, []).append(self._place(reached))
        return {
            base: place
            for base, places in found.items()
            for place in sorted(set(places))
            if place != base and 2 * places.count(place) > len(places)
        }

    def _place(self, reached: _Reached) -> str:
        """Return where the folder would have to be for one use of it.

        For what is not in git, that is where it was.
        """
        after, rest = place_after(reached.path, self._destination), reached.rest
        if rest and f"/{after}".endswith(f"/{rest}"):
            return after[: -len(rest)].rstrip("/")
        return reached.base

    def findings(self, places: Mapping[str, str]) -> Iterator[Finding]:
        """Yield a finding for each use that does not reach what it reached."""
        for reached in self._reached:
            message = self._problem(reached, places)
            if message:
                path, line = reached.file.path, reached.use.line
                message = f"settings.{reached.use.name} leads to {message}"
                yield Finding("django-setting-place", path, line, message, "Correct it by hand.")

    def _problem(self, reached: _Reached, places: Mapping[str, str]) -> str:
        now = places.get(reached.base) or place_after(reached.base, self._destination)
        wanted = place_after(reached.path, self._destination)
        if has_parted(reached.path, self._destination):
            return f"{reached.path or 'the root'} here, and its files moved"
        if f"{now}/{reached.rest}".strip("/") == wanted:
            return ""
        is_there = reached.path in self._destination.before.folders or reached.path in (
            self._destination.before
        )
        if not is_there:
            leads = f"{now}/{reached.rest}".strip("/")
            return f"{leads} here now, and to {reached.path} before"
        return f"{reached.path} here, which is at {wanted} now"


def joined_path(node: ast.expr, base: str, parents: Mapping[int, ast.AST]) -> tuple[str, bool]:
    """Return the path that an expression and the literals joined to it lead to.

    ``node`` leads to ``base``. Also returned is whether anything is joined to it.
    """
    path, joined = base, False
    while True:
        parent = parents.get(id(node))
        parts: list[ast.expr] = []
        if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Div) and parent.left is node:
            parts = [parent.right]
        elif isinstance(parent, ast.Call) and parent.args and parent.args[0] is node:
            if isinstance(parent.func, ast.Attribute) and parent.func.attr == "join":
                parts = parent.args[1:]
            elif not (isinstance(parent.func, ast.Name) and parent.func.id in ("str", "Path")):
                return path, joined
        elif isinstance(parent, ast.Attribute) and parent.attr == "joinpath":
            call = parents.get(id(parent))
            if not isinstance(call, ast.Call):
                return path, joined
            parts, parent = call.args, call
        else:
            return path, joined
        for part in parts:
            if not isinstance(part, ast.Constant) or not isinstance(part.value, str):
                return path, True
            path, joined = f"{path}/{part.value.strip('/')}".strip("/"), True
        assert isinstance(parent, ast.expr)
        node = parent
