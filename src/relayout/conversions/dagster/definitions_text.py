"""The text of a Definitions object that loads some modules, as a person would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from relayout.conversions.dagster.contents import Contents, Item
from relayout.conversions.dagster.new_names import WIDTH
from relayout.inventory.dagster.stages import STAGES
from relayout.inventory.search_paths import module_stem
from relayout.rewriting.destination import Destination

_STEP = "    "


def in_pipeline_order(paths: Iterable[str], destination: Destination) -> list[str]:
    """Return modules in the order of the stages that their places after the moves say."""

    def order(path: str) -> tuple[int, str]:
        parts = module_stem(destination.of_file(path)).split("/")
        found = [STAGES.index(part) for part in parts if part in STAGES]
        return (found[0] if found else len(STAGES), parts[-1])

    return sorted(paths, key=order)


def definitions_call(
    contents: Contents,
    dagster: Callable[[str], str],
    module: Callable[[str], str],
    item: Callable[[Item], str],
    more: Sequence[str] = (),
    depth: int = 0,
) -> list[str]:
    """Return the lines of a call of ``Definitions``.

    The functions give the names that Dagster's functions, modules and what modules have are bound
    to. ``more`` are further arguments, ``depth`` the column that the lines begin in.
    """
    arguments: list[str] = []
    if contents.assets:
        load = dagster("load_assets_from_modules")
        names = [module(path) for path in contents.assets]
        more_of_it = ["include_specs=True"] if contents.specs else []
        arguments += _argument("assets=", call_of_list(load, names, more_of_it, depth + 12))
    if contents.checks:
        load = dagster("load_asset_checks_from_modules")
        names = [module(path) for path in contents.checks]
        arguments += _argument("asset_checks=", call_of_list(load, names, [], depth + 18))
    for keyword, items in (
        ("jobs=", contents.jobs),
        ("schedules=", contents.schedules),
        ("sensors=", contents.sensors),
    ):
        if items:
            texts = [f"*{item(one)}" if one.many else item(one) for one in items]
            arguments += _argument(keyword, list_of(texts, depth + len(keyword) + 5))
    return _call(dagster("Definitions"), [*arguments, *more])


def merged(calls: Sequence[Sequence[str]], dagster: Callable[[str], str]) -> list[str]:
    """Return the lines of one Definitions object that is made of several."""
    if len(calls) == 1:
        return list(calls[0])
    lines = []
    for call in calls:
        lines += [f"{_STEP}{line}" for line in [*call[:-1], f"{call[-1]},"]]
    return [f"{dagster('Definitions')}.merge(", *lines, ")"]


def list_of(texts: Sequence[str], used: int = 0) -> list[str]:
    """Return the lines of a list; ``used`` characters of its first line are in use already."""
    line = f"[{', '.join(texts)}]"
    if len(line) + used <= WIDTH:
        return [line]
    return ["[", *(f"{_STEP}{text}," for text in texts), "]"]


def call_of_list(name: str, items: Sequence[str], more: Sequence[str], used: int = 0) -> list[str]:
    """Return the lines of a call that is given a list and ``more``, laid out as formatters do.

    ``used`` characters of its first line are in use already.
    """
    given = ", ".join([f"[{', '.join(items)}]", *more])
    line = f"{name}({given})"
    if len(line) + used <= WIDTH:
        return [line]
    inner = list_of(items, used - used % 4)
    if more:
        inner[-1] += ","
    return [f"{name}(", *(f"{_STEP}{text}" for text in [*inner, *(f"{m}," for m in more)]), ")"]


def _argument(keyword: str, lines: Sequence[str]) -> list[str]:
    found = [f"{_STEP}{line}" for line in [f"{keyword}{lines[0]}", *lines[1:]]]
    found[-1] += ","
    return found


def _call(name: str, lines: Sequence[str]) -> list[str]:
    return [f"{name}(", *lines, ")"] if lines else [f"{name}()"]
