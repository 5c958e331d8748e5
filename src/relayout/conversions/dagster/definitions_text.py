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
) -> list[str]:
    """Return the lines of a call of ``Definitions``.

    The functions give the names that Dagster's functions, modules and what modules have are bound
    to. ``more`` are further arguments.
    """
    arguments = []
    if contents.assets:
        specs = ", include_specs=True" if contents.specs else ""
        load = dagster("load_assets_from_modules")
        names = [module(path) for path in contents.assets]
        arguments += _argument("assets=", f"{load}(", names, f"{specs})")
    if contents.checks:
        load = dagster("load_asset_checks_from_modules")
        names = [module(path) for path in contents.checks]
        arguments += _argument("asset_checks=", f"{load}(", names, ")")
    for keyword, items in (
        ("jobs=", contents.jobs),
        ("schedules=", contents.schedules),
        ("sensors=", contents.sensors),
    ):
        if items:
            texts = [f"*{item(one)}" if one.many else item(one) for one in items]
            arguments += _argument(keyword, "", texts, "")
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


def _argument(keyword: str, before: str, texts: Sequence[str], after: str) -> list[str]:
    first = f"{_STEP}{keyword}{before}"
    lines = list_of(texts, len(first) + len(after) + 1)
    lines = [first + lines[0], *(f"{_STEP}{line}" for line in lines[1:])]
    lines[-1] += f"{after},"
    return lines


def _call(name: str, lines: Sequence[str]) -> list[str]:
    return [f"{name}(", *lines, ")"] if lines else [f"{name}()"]
