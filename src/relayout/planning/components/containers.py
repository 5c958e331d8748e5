"""Dockerfiles: which service each one is of, and which of them may leave their place.

Whoever builds an image has to find its Dockerfile afterwards. Where all that build it name it, or
can be made to, it goes to the folder of its service; the context stays as it is. A Dockerfile that
is found by its name, by a tool or a call that cannot be changed, stays, and so does one of which
nothing says who builds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import build_of, is_compose, services_of
from relayout.inventory.configured_paths.containers import guess_context
from relayout.inventory.references import decoded
from relayout.inventory.runners import Run
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.components.image_names import Named, folder_named, named, of_base
from relayout.planning.components.unnamed_builds import (
    builders_by_name,
    named_by_variables,
    named_unread,
)
from relayout.planning.plan import Finding
from relayout.source import line_at

CODE = "dockerfile-stays"
PLACE = "infrastructure/docker"
_CALLS = re.compile(
    r"(?:^|[\s\"'{,])(?:-f|--file|dockerfile\w*|file|filename)(?:[\s\"'=:]|$)", re.I
)
"""What stands before the name of a Dockerfile where an image is built with it."""
_LONGEST_COMMAND = 20


def dockerfiles(inventory: Inventory) -> dict[str, tuple[str, str]]:
    """Return, by path, where the Dockerfiles that may move stand below the layout's folder of them.

    Each place comes with the reason. The ignore file of a Dockerfile is in it as well.
    """
    return _Dockerfiles(inventory).places()


def about_dockerfiles(inventory: Inventory) -> list[Finding]:
    """Return a finding for each Dockerfile that stays though the layout has a place for it."""
    found = _Dockerfiles(inventory)
    return [
        Finding(CODE, path, 0, f"it stays where it is: {why}", advice)
        for path, (why, advice) in sorted(found.staying().items())
    ]


@dataclass(frozen=True, slots=True)
class _Built:
    """What is known of who builds an image: the contexts, services of compose, and other calls."""

    contexts: frozenset[str]
    services: tuple[str, ...]
    is_called: bool
    doubt: str


class _Dockerfiles:
    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._tree = inventory.tree
        self._found = {
            path: of_name
            for path in sorted(self._tree)
            if (of_name := named(path)) is not None and self._is_open(path)
        }
        self._services = self._of_compose()
        self._unsure = named_by_variables(inventory, self._found)
        self._built = {path: self._builders(path) for path in self._found}
        self._by_name = builders_by_name(inventory) if "Dockerfile" in self._found else ""

    def places(self) -> dict[str, tuple[str, str]]:
        """Return the place of each Dockerfile that may move, and of its ignore file."""
        found: dict[str, tuple[str, str]] = {}
        taken = {p.removeprefix(f"{PLACE}/") for p in self._tree if p.startswith(f"{PLACE}/")}
        staying = self.staying()
        services = {path: self._service(path, one) for path, one in self._found.items()}
        order = sorted(self._found, key=lambda path: (not self._found[path].service, path))
        for path in order:
            if path in staying or not self._has_other_context(path):
                continue
            service, because = services[path]
            for inner in _candidates(path, service, self._found[path]):
                if inner.casefold() not in {one.casefold() for one in taken}:
                    taken.add(inner)
                    found[path] = (inner, because)
                    ignored = f"{path}.dockerignore"
                    if ignored in self._tree:
                        found[ignored] = (f"{inner}.dockerignore", f"it goes with {path}")
                    break
        return dict(sorted(found.items()))

    def staying(self) -> Mapping[str, tuple[str, str]]:
        """Return why a Dockerfile stays that could have moved, and what a person can do."""
        found = {}
        for path, built in self._built.items():
            if not self._has_other_context(path):
                continue
            place = f"{PLACE}/{self._service(path, self._found[path])[0]}/Dockerfile"
            advice = f"Name it there, then: --place {path}={place}"
            if built.doubt:
                found[path] = (built.doubt, advice)
            elif path == "Dockerfile" and self._by_name:
                found[path] = (self._by_name, advice)
            elif path == "Dockerfile" and not built.is_called and not built.services:
                why = "nothing here builds it, and whoever does may find it by its name alone"
                found[path] = (why, f"If nobody does: --place {path}={place}")
        return found

    def _is_open(self, path: str) -> bool:
        """Tell whether a file may be placed: no tool looks for it in a hidden folder."""
        is_hidden = any(part.startswith(".") for part in path.split("/"))
        is_placed = path.startswith("infrastructure/") or is_quarantined(path)
        is_ours = self._tree.is_regular(path) and path not in self._inventory.foreign
        return is_ours and not is_hidden and not is_placed

    def _has_other_context(self, path: str) -> bool:
        """Tell whether the root is what an image is built from: else its folder moves whole."""
        return self._built[path].contexts == {""}

    def _of_compose(self) -> dict[str, list[tuple[str, str]]]:
        """Return the services that build with each Dockerfile, with their contexts."""
        found: dict[str, list[tuple[str, str]]] = {}
        for path in sorted(self._tree):
            if is_compose(path) and self._tree.is_regular(path):
                for name, service in services_of(path, self._tree):
                    build = build_of(service, path, self._tree)
                    if build is not None and build.dockerfile is not None:
                        found.setdefault(build.dockerfile, []).append((name, build.context))
        return found

    def _builders(self, path: str) -> _Built:
        services = self._services.get(path, [])
        contexts = {context for _, context in services}
        is_called, doubt = False, ""
        for file, line, context, unsure in self._calls(path):
            is_called = True
            if unsure:
                doubt = f"{file} may build it, in a way that cannot be followed"
                doubt += f" ({line.strip()[:60]})" if line.strip() else ""
            if context is not None:
                contexts.add(context)
        if path in self._unsure:
            doubt = doubt or f"{self._unsure[path]} may name it with a variable"
        doubt = doubt or self._unread(path)
        if not contexts:
            contexts.add(self._guessed(path))
        names = tuple(dict.fromkeys(name for name, _ in services))
        return _Built(frozenset(contexts), names, is_called, doubt)

    def _calls(self, path: str) -> Iterator[tuple[str, str, str | None, bool]]:
        """Yield who builds with a Dockerfile: file, line, context if told, whether it is unsure."""
        for file, references in self._inventory.references.items():
            told = [r for r in references if path in (r.path, *r.others)]
            text = decoded(self._tree.read(file))[0] if told else ""
            for one in told:
                line = _line(text, one.start)
                is_unsure = bool(one.doubt) or (one.image is not None and not one.image.written)
                if one.image is not None:
                    yield file, line, one.image.context if not one.doubt else None, is_unsure
                elif _CALLS.search(_before(text, one.start)):
                    yield file, line, None, is_unsure

    def _unread(self, path: str) -> str:
        """Return where a Dockerfile seems to be named in a way that is not followed."""
        file = named_unread(self._inventory, path)
        if file:
            return f"{file} names it, and is not followed"
        for run in (*self._inventory.runs, *self._inventory.mentions):
            if run.path == path and not self._is_read(run):
                return f"{run.runner}:{run.line} seems to name it, in a way that is not followed"
        return ""

    def _is_read(self, run: Run) -> bool:
        told = [r for r in self._inventory.references.get(run.runner, ()) if r.path == run.path]
        text = decoded(self._tree.read(run.runner))[0] if told else ""
        return any(0 <= line_at(text, one.start) - run.line < _LONGEST_COMMAND for one in told)

    def _guessed(self, path: str) -> str:
        """Return the folder that an image which nobody builds here is most likely built from."""
        text, _ = decoded(self._tree.read(path))
        folder = dirname(path)
        if folder and basename(path).casefold() in ("dockerfile", "containerfile"):
            beside = [p for p in self._tree if dirname(p) == folder and p != path]
            copied = [
                basename(p) for p in beside if re.search(rf"\b{re.escape(basename(p))}", text)
            ]
            if any(f"{folder}/{name}" not in text for name in copied):
                return folder
        return guess_context(path, text, self._tree)

    def _service(self, path: str, of_name: Named) -> tuple[str, str]:
        """Return the service that a Dockerfile is of, and how that is known."""
        folder = folder_named(path)
        if folder:
            return folder, f"it stands in the folder of {folder}"
        if of_name.service:
            return of_name.service, f"it is called after {of_name.service}"
        names = self._built[path].services
        base = of_base(decoded(self._tree.read(path))[0])
        if base and (len(names) != 1 or base in re.split(r"[\W_]+", names[0])):
            return base, f"it makes an image of {base}"
        if len(names) == 1:
            return names[0], f"compose builds the service {names[0]} with it"
        if names:
            return names[0], f"compose builds the services {', '.join(names[:3])} with it"
        return "app", "it makes the image of the application"


def _candidates(path: str, service: str, of_name: Named) -> Iterator[str]:
    """Yield where a Dockerfile may stand, the preferred place first."""
    folder = folder_named(path)
    if folder and of_name.service and of_name.service != folder:
        yield f"{service}/{basename(path)}"  # one of several images of the folder
    else:
        yield f"{service}/{of_name.file}"
    if folder and folder != service:
        yield f"{folder}-{service}/{of_name.file}"
    if of_name.file != "Dockerfile":
        yield f"{service}-{of_name.file.rpartition('.')[2]}/Dockerfile"


def _line(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(text)]


def _before(text: str, position: int) -> str:
    """Return what stands before a place in its line, or in the one above it."""
    line = text.rfind("\n", 0, position)
    above = text.rfind("\n", 0, line) if line > 0 else -1
    return text[max(above + 1, position - 300) : position]
