"""What a definition says of itself: its name, keys, group, partitions and what it depends on.

Arguments are those of Dagster's reference (https://docs.dagster.io/api/dagster). What is computed
is left out, and the saying is not certain then.
"""

from __future__ import annotations

import ast

from relayout.inventory.dagster.asset_sayings import AssetSayings, Saying, partitions_text
from relayout.inventory.dagster.bindings import Binding, Function
from relayout.inventory.dagster.definition import ASSETS
from relayout.inventory.dagster.factories import made_by
from relayout.inventory.dagster.keys import Keys
from relayout.inventory.dagster.kinds import Kinds, given_by, loop_names
from relayout.inventory.dagster.names import Names, Place
from relayout.inventory.dagster.values import Arguments, Values, Written
from relayout.inventory.dagster.vocabulary import is_of_dagster
from relayout.source import code_of, last_name

Local = tuple[tuple[str, Written | None], ...]

_NAMED = ("op", "graph", "job", "asset_job", "schedule", "sensor", "asset_check")

_HELD = {
    "assets": "asset",
    "asset_checks": "asset_check",
    "jobs": "job",
    "schedules": "schedule",
    "sensors": "sensor",
    "resources": "resource",
}
"""The arguments of ``Definitions``, each with the kind of what it has."""

_DEPTH = 10
"""How many definitions are asked for the sake of each other."""

_MAKINGS = 5
"""How many functions that make definitions for each other are followed."""

_NAME_FIRST = frozenset(
    {
        "define_asset_job",
        "ScheduleDefinition",
        "SensorDefinition",
        "GraphDefinition",
        "AutomationConditionSensorDefinition",
        "AutoMaterializeSensorDefinition",
        "RunStatusSensorDefinition",
    }
)
"""What is called with a name as its first argument."""


class Sayings:
    """Reads what definitions say. Answers are remembered by the name of the definition."""

    def __init__(self, names: Names, kinds: Kinds) -> None:
        self._names = names
        self._kinds = kinds
        self._values = Values(names)
        keys = Keys(names, self._values, self._defined)
        self._assets = AssetSayings(names, kinds, self._values, keys)
        self._makings = 0
        self._asked = 0
        self._known: dict[Place, Saying | None] = {}

    def of(self, path: str, binding: Binding, kind: str) -> Saying:
        """Return what a definition of a kind says of itself."""
        if isinstance(binding.statement, Function):
            return self._of_function(path, binding.statement, kind)
        if isinstance(binding.statement, ast.ClassDef) or binding.value is None:
            return Saying()
        if kind == "partitions":
            return Saying(partitions=code_of(binding.value))
        if kind not in ASSETS and kind not in _NAMED:
            return Saying()
        written = Written(path, binding.value)
        added = self._names.bindings(path).additions.get(binding.name, ())
        if isinstance(binding.value, ast.Call) and not added:
            return self._of_call(written, kind)
        elements = self._values.elements(written)
        saying = Saying(certain=elements is not None and not added)
        if elements is None and isinstance(binding.value, ast.ListComp):
            self._include(saying, self._of_one_of(written, binding.value, kind))
        for element in [*(elements or ()), *(written.other(node) for node in added)]:
            if isinstance(element.node, ast.Call):
                self._include(saying, self._of_call(element, kind))
            elif not isinstance(element.node, ast.Name | ast.Attribute):
                saying.certain = False
        return saying

    def _of_one_of(self, written: Written, node: ast.ListComp, kind: str) -> Saying:
        """Return what each element of a comprehension says, whose own key is not known."""
        if not isinstance(node.elt, ast.Call):
            return Saying(certain=False)
        local = tuple((name, None) for name in loop_names(node.generators))
        saying = self._of_call(Written(written.path, node.elt, local), kind)
        saying.asset_keys, saying.key = [], ""
        return saying

    def held(self, path: str, binding: Binding) -> str:
        """Return the kind of what a ``Definitions`` object has, if it is one alone; else empty."""
        statement = binding.statement
        node = binding.value
        if isinstance(statement, Function):
            returned = list(given_by(statement))
            node = returned[0] if len(returned) == 1 else None
        if not isinstance(node, ast.Call) or last_name(node.func) != "Definitions":
            return ""
        arguments = self._values.arguments(Written(path, node))
        kinds = {_HELD[name] for name in arguments.named if name in _HELD}
        return kinds.pop() if len(kinds) == 1 and arguments.certain else ""

    def _include(self, saying: Saying, other: Saying) -> None:
        """Let what makes several definitions say what one of them does."""
        saying.certain = saying.certain and other.certain
        saying.add(other.asset_keys, saying.asset_keys)
        saying.add(other.upstream, saying.upstream)
        saying.group = other.group if saying.group in ("", other.group) else ""

    def _defined(self, place: Place) -> tuple[str, ...] | None:
        """Return the keys that the definition of a name has; None if it is none, or not certain."""
        if place not in self._known:
            if self._asked >= _DEPTH:
                return None
            self._known[place] = None  # while it is being read, it has no keys
            binding = self._names.binding(place)
            thing = self._kinds.of_place(place) if binding is not None else None
            if binding is not None and thing is not None and not thing.calls:
                if thing.kind in ASSETS:
                    was, self._assets.only_keys = self._assets.only_keys, True
                    self._asked += 1
                    self._known[place] = self.of(place.path, binding, thing.kind)
                    self._asked -= 1
                    self._assets.only_keys = was
        saying = self._known[place]
        return tuple(saying.asset_keys) or None if saying is not None else None

    # -- functions with decorators

    def _of_function(self, path: str, function: Function, kind: str, local: Local = ()) -> Saying:
        decorator = next(
            (d for d in function.decorator_list if self._kinds.of(path, d) is not None), None
        )
        if decorator is None:
            return Saying()
        written = Written(path, decorator, local)
        arguments = self._values.arguments(written)
        if not self._is_dagsters(written):
            return Saying(certain=False)
        if kind in ASSETS:
            return self._assets.of_asset(arguments, kind, function.name, path, function)
        if kind not in _NAMED:
            return Saying()
        saying = Saying(certain=arguments.certain)
        self._name(saying, arguments.get("name"), function.name)
        if kind == "asset_check":
            self._assets.check(
                saying, arguments, last_name(_plain(decorator)) == "multi_asset_check"
            )
        saying.partitions = partitions_text(arguments)
        return saying

    def _is_dagsters(self, written: Written) -> bool:
        """Tell whether a decorator is Dagster's own, through ``partial`` and aliases as well."""
        for _ in range(9):
            one = self._values.resolved(written) or written
            node = one.node
            if isinstance(node, ast.Call):
                partial = self._names.meaning(one.path, node.func) == "functools.partial"
                written = one.other(node.args[0] if partial and node.args else node.func)
                continue
            meaning = self._names.meaning(one.path, node)
            if isinstance(meaning, str):
                return is_of_dagster(meaning)
            if one is written:
                return False
            written = one
        return False

    # -- calls

    def _of_call(self, written: Written, kind: str) -> Saying:
        node = written.node
        assert isinstance(node, ast.Call)
        arguments = self._values.arguments(written)
        called = last_name(node.func)
        meaning = self._names.meaning(written.path, node.func)
        saying = Saying(certain=arguments.certain)
        if called in ("to_job", "to_schedule") and isinstance(node.func, ast.Attribute):
            self._name(
                saying, arguments.get("name", 0), self._name_of(written.path, node.func.value)
            )
            saying.partitions = partitions_text(arguments)
            return saying
        if isinstance(meaning, Place):
            return self._of_made(meaning, arguments, kind)
        if meaning is None or not is_of_dagster(meaning):
            return Saying(certain=False)
        if kind in ("source_asset", "asset_spec") or called in ("AssetSpec", "SourceAsset"):
            return self._assets.of_asset(arguments, kind, None, written.path, None)
        if kind in ASSETS:
            return Saying(certain=False)
        default = None
        if called == "build_schedule_from_partitioned_job":
            default = self._schedule_name(arguments.get("job", 0))
        elif called == "ScheduleDefinition":
            job = arguments.get("job") or arguments.get("target")
            default = self._schedule_name(job)
        position = 0 if called in _NAME_FIRST else None
        self._name(saying, arguments.get("name", position), default)
        saying.partitions = partitions_text(arguments)
        return saying

    def _of_made(self, place: Place, arguments: Arguments, kind: str) -> Saying:
        """Return what is said by what a function of the repository makes."""
        binding = self._names.binding(place)
        made = None
        if binding is not None and not place.rest and self._makings < _MAKINGS:
            made = made_by(place.path, binding, arguments)
        if made is None:
            return Saying(certain=False)
        self._makings += 1
        try:
            if isinstance(made.node, Function):
                return self._of_function(place.path, made.node, kind, made.local)
            return self._of_call(Written(place.path, made.node, made.local), kind)
        finally:
            self._makings -= 1

    def _schedule_name(self, job: Written | None) -> str | None:
        """Return how Dagster calls the schedule of a job that does not say its name."""
        name = self._name_of(job.path, job.node) if job is not None else None
        return f"{name}_schedule" if name else None

    def _name_of(self, path: str, node: ast.expr) -> str | None:
        """Return what Dagster calls a job or graph that an expression names, or None."""
        if isinstance(node, ast.Call):
            return self._of_call(Written(path, node), "job").key or None
        place = self._names.meaning(path, node)
        if not isinstance(place, Place) or place.rest:
            return None
        binding = self._names.binding(place)
        thing = self._kinds.of_place(place)
        if binding is None or thing is None or thing.kind not in _NAMED or thing.calls:
            return None
        if self._asked >= _DEPTH:
            return None
        self._asked += 1
        name = self.of(place.path, binding, thing.kind).key
        self._asked -= 1
        return name or None

    # -- what arguments say

    def _name(self, saying: Saying, written: Written | None, default: str | None) -> None:
        name = self._values.text(written) if written is not None else default
        if name is None:
            saying.certain = False
        saying.key = name or ""


def _plain(decorator: ast.expr) -> ast.expr:
    """Return a decorator without the call that gives it arguments."""
    return decorator.func if isinstance(decorator, ast.Call) else decorator
