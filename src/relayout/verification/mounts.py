"""``mounts-resolve``: containers have what they had, at the paths that they had it.

Each path of a container that led to a tracked file leads to the same file after the moves, and each
mount of something else is where the plan says. Of compose, nothing but that is changed: services,
images, ports and the names in their environment are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join

from yaml.nodes import Node

from relayout.inventory.bind_mounts import BindMount, mounts_in
from relayout.inventory.configured_paths.compose import build_of, is_compose, services_of
from relayout.inventory.configured_paths.yaml_files import (
    compose_yaml,
    environment,
    text_of,
    value_of,
)
from relayout.inventory.references import decoded
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.plan import Plan
from relayout.rewriting.mount_lines import CODE
from relayout.rewriting.mount_needs import seen_at
from relayout.rewriting.mount_places import Mounted
from relayout.tree import Tree, is_within, relocated
from relayout.verification.evidence import Check, Evidence, outcome

_SAME = ("image", "container_name", "ports", "depends_on", "networks", "profiles", "restart")
_REMOVED = frozenset({"PYTHONPATH"})
"""What the environment of a service need not have any more, where the package is installed."""
_DOCUMENTS = (".md", ".markdown", ".rst", ".txt")


def check_mounts_resolve(evidence: Evidence) -> Check | None:
    """Count the paths of containers that lead elsewhere now, and the mounts that are lost."""
    if evidence.before is None or evidence.plan is None or not evidence.recipe.keeps_mounts:
        return None
    before, after = evidence.before.tree, evidence.after.tree
    problems: list[str] = []
    mounts = 0
    for path in sorted(before):
        new_path = evidence.plan.targets.get(path, path)
        if is_compose(path) and before.is_regular(path) and compose_yaml(_text(before, path)):
            one = _Compared(path, new_path, before, after, evidence.plan)
            mounts += len(one.mounts)
            problems += [f"{new_path}: {problem}" for problem in dict.fromkeys(one.problems())]
    return outcome("mounts-resolve", problems, {"mounts": mounts})


class _Compared:
    """One compose file before and after."""

    def __init__(self, path: str, new_path: str, before: Tree, after: Tree, plan: Plan) -> None:
        self._path, self._new_path = path, new_path
        self._before, self._after, self._plan = before, after, plan
        self._reported = {(f.path, f.code) for f in plan.findings}
        self.mounts = list(mounts_in(path, before))

    def problems(self) -> Iterator[str]:
        """Yield what is not as it was."""
        if self._new_path not in self._after:
            yield "it is missing"
        elif not compose_yaml(_text(self._after, self._new_path)):
            yield "it is no valid YAML any more"
        else:
            yield from self._services()
            yield from self._mounts()

    def _services(self) -> Iterator[str]:
        was = dict(services_of(self._path, self._before))
        now = dict(services_of(self._new_path, self._after))
        for name in sorted(was.keys() ^ now.keys()):
            yield f"the service {name} is in one of the two only"
        for name in sorted(was.keys() & now.keys()):
            is_built = value_of(now[name], "build") is not None
            for key in _SAME:
                if key == "image" and is_built and value_of(was[name], "build") is None:
                    yield from self._base(name, value_of(was[name], key), now[name])
                elif _plain(value_of(was[name], key)) != _plain(value_of(now[name], key)):
                    yield f"{key} of the service {name} was changed"
            old, new = (environment(value_of(s[name], "environment")) for s in (was, now))
            if old.keys() - _REMOVED != new.keys() - _REMOVED or new.keys() - old.keys():
                yield f"the environment of the service {name} has other names"
            for variable in old.keys() & new.keys():
                value = old[variable][1]
                if "/" not in value and "." not in value and value != new[variable][1]:
                    yield f"{variable} of the service {name} was changed"

    def _base(self, name: str, image: Node | None, now: Node) -> Iterator[str]:
        """Yield what is wrong with a service that is built since: it is made from its old image."""
        build = build_of(now, self._new_path, self._after)
        given = text_of(value_of(now, "build", "args", "BASE_IMAGE"))
        text = ""
        if build is not None and build.dockerfile is not None and not build.context:
            text = _text(self._after, build.dockerfile)
        if given != text_of(image) or "FROM ${BASE_IMAGE}\n" not in text:
            yield f"the service {name} is not built from the image that it was on"

    def _mounts(self) -> Iterator[str]:
        now: dict[str, list[BindMount]] = {}
        for mount in mounts_in(self._new_path, self._after):
            now.setdefault(mount.service, []).append(mount)
        for mount in self.mounts:
            yield from self._mount(mount, now.get(mount.service, []))

    def _mount(self, mount: BindMount, now: list[BindMount]) -> Iterator[str]:
        """Yield what a service no longer has of a mount."""
        where = f"{mount.service} had {mount.source} at {mount.target or 'a path'}"
        if (self._new_path, CODE) in self._reported and self._is_apart(mount):
            return
        if mount.path is None:
            if not any((one.source, one.target) == (mount.source, mount.target) for one in now):
                yield f"{where}, and has not"
            return
        if not mount.target:
            return  # where the container has it cannot be told
        have = [Mounted(one.path, one.target) for one in now if one.path is not None]
        inside = [p for p in self._before if is_within(p, mount.path)]
        if not inside:
            place = relocated(mount.path, self._plan.targets)
            found = seen_at(mount.target, have)
            if found not in (place, self._beside(mount.path)):
                yield f"{where}, which is {place} now, and has {found or 'nothing'} there"
        for path in inside:
            rest = path[len(mount.path) :].lstrip("/")
            absolute = join(mount.target, rest) if rest else mount.target
            place = self._plan.targets.get(path, path)
            if not mount.path:  # the whole repository, in which code finds what moved
                absolute = join(mount.target, place)
            if self._innermost(absolute, mount) and not self._is_unneeded(path):
                if seen_at(absolute, have) != place:
                    yield f"{mount.service} had {path} at {absolute}, and has not"

    def _innermost(self, absolute: str, mount: BindMount) -> bool:
        """Tell whether no other mount of the service lies over a path of this one."""
        return not any(
            one.service == mount.service
            and len(one.target) > len(mount.target)
            and is_within(absolute, one.target)
            for one in self.mounts
            if one.target
        )

    def _beside(self, path: str) -> str | None:
        """Return where something untracked went that stood in a folder that moved whole."""
        for folder in _above(path):
            inside = [p for p in self._before if p.startswith(f"{folder}/")]
            places = {self._place_of(p, folder) for p in inside}
            if inside:
                place = places.pop() if len(places) == 1 else None
                return None if place is None else f"{place}{path[len(folder) :]}"
        return None

    def _place_of(self, path: str, folder: str) -> str | None:
        place, tail = self._plan.targets.get(path, path), path[len(folder) :]
        return place[: -len(tail)] if place.endswith(tail) else None

    def _is_apart(self, mount: BindMount) -> bool:
        folder = mount.path or ""
        inside = [p for p in self._before if p.startswith(f"{folder}/")]
        return len({self._place_of(path, folder) for path in inside}) > 1

    def _is_unneeded(self, path: str) -> bool:
        """Tell whether a file is dead, or a document that stands in ``docs/`` now."""
        place = self._plan.targets.get(path, path)
        if place != path and (is_quarantined(place) or place.startswith("docs/")):
            return is_quarantined(place) or path.lower().endswith(_DOCUMENTS)
        return False


def _above(path: str) -> Iterator[str]:
    while path := dirname(path):
        yield path


def _text(tree: Tree, path: str) -> str:
    return decoded(tree.read(path))[0]


def _plain(node: object) -> object:
    """Return what a node says, whatever it looks like."""
    value = getattr(node, "value", node)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
