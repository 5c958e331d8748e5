"""What Airflow knows of a DAG, as data: names, edges, and the values that the code gave.

It is copied beside the program that loads DAGs, and imports nothing but the standard library.
Releases of Airflow (2.x and 3.x) name some attributes differently: one that is not there is left
out, in both states.
"""

from __future__ import annotations

import datetime
import enum
import functools
import inspect
import re
import sys
from collections.abc import Iterable, Mapping, Set
from typing import Any

_ADDRESS = re.compile(r" (?:object )?at 0x[0-9a-fA-F]+")
_DEEPEST, _MOST, _LONG = 8, 5000, 500

_OF_DAG = (
    *("schedule", "schedule_interval", "timetable", "timezone", "start_date", "end_date"),
    *("catchup", "max_active_tasks", "max_active_runs", "max_consecutive_failed_dag_runs"),
    *("dagrun_timeout", "deadline", "params", "default_args", "tags", "description", "doc_md"),
    *("template_searchpath", "jinja_environment_kwargs", "render_template_as_native_obj"),
    *("user_defined_macros", "user_defined_filters", "access_control", "owner_links"),
    *("on_success_callback", "on_failure_callback", "sla_miss_callback", "fail_stop", "fail_fast"),
    *("is_paused_upon_creation", "dag_display_name", "orientation"),
)
_OF_TASK = (
    *("owner", "retries", "retry_delay", "max_retry_delay", "retry_exponential_backoff"),
    *("start_date", "end_date", "execution_timeout", "depends_on_past", "wait_for_downstream"),
    *("pool", "pool_slots", "queue", "priority_weight", "weight_rule", "executor"),
    *("max_active_tis_per_dag", "params", "inlets", "outlets", "is_setup", "is_teardown"),
    *("on_success_callback", "on_failure_callback", "on_retry_callback", "on_execute_callback"),
)
_OF_GROUP = ("tooltip", "prefix_group_id")
_NOT_DATA = frozenset(
    {"dag", "task_group", "task_id", "default_args", "params", "kwargs_to_upstream"}
    | {"trigger_rule", *_OF_TASK}
)
"""Arguments of a task that are told otherwise, or are links to what holds it."""


def described(dag: Any) -> dict[str, Any]:
    """Return what a DAG is: its own settings, its tasks by id, its task groups by id."""
    return {
        **_attributes(dag, _OF_DAG),
        "tasks": {task.task_id: _task(task) for task in dag.tasks},
        "groups": dict(_groups(dag)),
    }


def _task(task: Any) -> dict[str, Any]:
    """Return what a task is. A mapped one has no operator yet, but what will be given to it."""
    mapped = getattr(task, "partial_kwargs", None)
    given = getattr(task, "_BaseOperator__init_kwargs", None) if mapped is None else mapped
    fields = [name for name in getattr(task, "template_fields", ()) if isinstance(name, str)]
    group = getattr(task, "task_group", None)
    values = {name: value for name, value in (given or {}).items() if name not in _NOT_DATA}
    if mapped is not None:
        expanded = getattr(task, "expand_input", None) or getattr(task, "op_kwargs_expand_input", 0)
        values["expanded"] = getattr(expanded, "value", None)
    else:  # the constructor may have changed them, and files of templates are read by now
        values.update({name: getattr(task, name, None) for name in fields})
    return {
        "operator": _named(getattr(task, "operator_class", None) or type(task)),
        "upstream": sorted(task.upstream_task_ids),
        "downstream": sorted(task.downstream_task_ids),
        "group": getattr(group, "group_id", None) or "",
        "trigger_rule": str(getattr(task.trigger_rule, "value", task.trigger_rule)),
        **_attributes(task, _OF_TASK),
        **{name: Describer().value(value) for name, value in sorted(values.items())},
    }


def _groups(dag: Any) -> Iterable[tuple[str, Any]]:
    """Yield the task groups below a DAG's own, each with the one that it stands in."""
    pending = [dag.task_group]
    while pending:
        group = pending.pop()
        for child in group.children.values():
            if hasattr(child, "children"):
                pending.append(child)
                about = {
                    "in": group.group_id or "",
                    "upstream": sorted(child.upstream_group_ids),
                    "downstream": sorted(child.downstream_group_ids),
                }
                yield child.group_id, {**about, **_attributes(child, _OF_GROUP)}


def _attributes(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    found = {}
    for name in names:
        try:
            found[name] = Describer().value(getattr(thing, name))
        except Exception:  # noqa: S112 an attribute of another release, or of a mapped task
            continue
    return found


def _named(thing: Any) -> str:
    """Return the name of a class or function, with its file or else its module in front.

    The module of a DAG has a name that Airflow made up, and one of the repository may be moved.
    """
    thing = inspect.unwrap(thing) if callable(thing) else thing
    code = getattr(thing, "__code__", None)
    name = getattr(thing, "__module__", None) or ""
    module = sys.modules.get(name)
    file = code.co_filename if code is not None else getattr(module, "__file__", None)
    place = file if file and "site-packages" not in file and not _is_builtin(file) else name
    return str(place) + ":" + str(getattr(thing, "__qualname__", type(thing).__name__))


def _is_builtin(file: str) -> bool:
    return file.startswith(("<", sys.base_prefix + "/lib"))


def _held(value: Any) -> dict[str, Any]:
    """Return the attributes that an object holds, in a dictionary or in slots."""
    slots = (slot for base in type(value).__mro__ for slot in _listed(vars(base).get("__slots__")))
    held = {slot: getattr(value, slot) for slot in slots if hasattr(value, slot)}
    held.update(getattr(value, "__dict__", None) or {})
    return {key: one for key, one in held.items() if not key.startswith("__")}


def _listed(slots: Any) -> list[str]:
    return [slots] if isinstance(slots, str) else list(slots or ())


class Describer:
    """Turns values into data of bounded size."""

    def __init__(self) -> None:
        self.seen = 0
        self.above: set[int] = set()

    def value(self, value: Any, depth: int = 0) -> Any:
        """Return a value as data: itself, or what it is called and what it holds."""
        self.seen += 1
        if value is None or isinstance(value, (bool, int, float, str)):
            return value.value if isinstance(value, enum.Enum) else value
        if depth > _DEEPEST or self.seen > _MOST or id(value) in self.above:
            return _named(type(value))
        self.above.add(id(value))
        try:
            return self._of_many(value, depth + 1)
        finally:
            self.above.discard(id(value))

    def _of_many(self, value: Any, depth: int) -> Any:
        if hasattr(value, "get_param"):  # what it holds for a name is a value, and may be none
            return {str(name): self.value(value.get_param(name), depth) for name in value}
        if isinstance(value, Mapping):
            return {str(key): self.value(value[key], depth) for key in value}
        if isinstance(value, (list, tuple)):
            return [self.value(one, depth) for one in value]
        if isinstance(value, Set):
            return sorted((self.value(one, depth) for one in value), key=str)
        if isinstance(value, functools.partial):
            held = [value.func, value.args, value.keywords]
            return {"partial": [self.value(one, depth) for one in held]}
        if isinstance(value, type) or inspect.isroutine(value):
            return _named(value)
        if isinstance(value, (datetime.timedelta, datetime.tzinfo)):
            return str(value)
        if hasattr(value, "isoformat"):
            return value.isoformat()
        if isinstance(value, enum.Enum):
            return self.value(value.value, depth)
        return self._of_object(value, depth)

    def _of_object(self, value: Any, depth: int) -> Any:
        """Return an object: parts of a DAG by their names, any other with its attributes."""
        bases = {base.__name__ for base in type(value).__mro__}
        for base, name in (("DAG", "dag_id"), ("AbstractOperator", "task_id"), ("XComArg", "")):
            if base in bases:
                return base + " " + str(getattr(value, name) if name else value)
        held = _held(value)
        if not held:
            return _ADDRESS.sub("", repr(value))[:_LONG]
        kept = {key: self.value(one, depth) for key, one in sorted(held.items())}
        return {"object": _named(type(value)), **kept}
