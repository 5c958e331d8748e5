"""Laws of splitting: generated modules of mixed kinds mean the same when they are split."""

from __future__ import annotations

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from relayout.migration import migrate
from relayout.planning.plan import Options
from relayout.verification.split_unchanged import split_problems
from splitting import DAGSTER, FOLDER, MODULE, Outcome, Run, described, split_files

LAW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

HEAD = '''\
"""Orders, {dots}"""
import json
import logging, os
from dagster import (
    Config,
    ConfigurableResource,
    DailyPartitionsDefinition,
    ScheduleDefinition,
    asset,
    asset_check,
    define_asset_job,
    job,
    op,
    sensor,
)
import dagster as dg

logger = logging.getLogger("orders")
'''

FORMS = {
    "constant": "{n} = ({read},)",
    "annotated": '{n}: "tuple" = ({read},)  # what {n} is',
    "list": "{n} = [{read}]\n{n}.append({number})",
    "function": "def {n}():\n    {first} = 1\n    return ({lazy}, json.dumps({number}))",
    "nested": "def {n}():\n    def inner(x={number}):\n        return x, {lazy_name}\n"
    "    return [inner()[0] for {n} in range(2)]",
    "class": "class {n}:\n    part = ({read},)\n    other = part",
    "asset": "@asset\ndef {n}():\n    # reads\n    return ({lazy},)",
    "called asset": "@dg.asset(\n    tags=[{read}],\n)\ndef {n}():\n    logger.info('')\n"
    "    return os.sep, {lazy}",
    "op": "@op\ndef {n}(): return ({lazy},)",
    "job": "{n} = define_asset_job(\n    'job', selection=[{read}]\n)",
    "old job": "@job\ndef {n}():\n    return ({lazy},)",
    "schedule": "{n} = ScheduleDefinition(job=({read},), cron={number!r})",
    "sensor": "@sensor(jobs=[{read}])\ndef {n}():\n    return ({lazy},)",
    "check": "@asset_check(asset=[{read}])\ndef {n}():\n    'checks'\n    return ({lazy},)",
    "config": "class {n}(Config):\n    '''Options.'''\n    limit: int = {number}",
    "resource": "class {n}(ConfigurableResource):\n    size = {number}\n    of = ({read},)",
    "partitions": "{n} = DailyPartitionsDefinition(({read},))",
    "pair": "{n} = {number}; {n}_too = ({read}, {n})",
    "either": "if os.sep == '/':\n    {n} = ({read},)\nelse:\n    {n} = None",
}
COMMENTS = ("", "", "# about {n}\n", "# ----\n# Section\n# ----\n\n", "# loose\n\n\n# about {n}\n")
GUARD = "\n\nif __name__ == '__main__':\n    print({lazy})\n"


@st.composite
def modules(draw: st.DrawFn) -> str:
    """Return a module whose definitions read those above, in functions also those below."""
    count = draw(st.integers(3, 12))
    forms = [draw(st.sampled_from(sorted(FORMS))) for _ in range(count)]
    names = [f"n{number}" for number in range(count)]
    parts = [HEAD.format(dots="of one day.")]
    for number, (name, form) in enumerate(zip(names, forms, strict=True)):
        above = draw(st.lists(st.sampled_from(names[:number]), max_size=2)) if number else []
        others = [other for other in names if other != name]
        below = draw(st.lists(st.sampled_from(others), min_size=1, max_size=2))
        lazy = ", ".join(below)
        text = draw(st.sampled_from(COMMENTS)) + FORMS[form]
        filled = text.format(
            n=name,
            read=", ".join(above) or repr(name),
            lazy=f"[x.__class__.__name__ for x in ({lazy},)]",
            lazy_name=below[0],
            first=draw(st.sampled_from(["x", "y"])),
            number=number,
        )
        parts.append(draw(st.sampled_from(["\n\n", "\n", ""])) + filled + "\n")
    if draw(st.booleans()):
        listed = draw(st.lists(st.sampled_from(names), unique=True))
        parts.append(f"\n__all__ = {listed!r}\n")
    if draw(st.booleans()):
        parts.append(GUARD.format(lazy=draw(st.sampled_from(names))))
    text = "".join(parts)
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


def values(outcome: Outcome, is_before: bool) -> dict[str, object]:
    """Return what every name of the module is: read from where it was, or from where it is."""
    run = Run(outcome.before if is_before else outcome.after)
    split = outcome.splits[0]
    names = [name for name in vars(run.module("orders")) if name.startswith("n")]
    if not is_before:
        names += [name for part in split.parts for name in part.names]
    found = {}
    for name in names:
        path = split.path if is_before else split.part_of(name)
        module = run.module(path.removeprefix(f"{FOLDER}/").removesuffix(".py"))
        found[name] = described(getattr(module, name))
    return found


@LAW
@given(modules())
def test_every_name_is_what_it_was(text: str) -> None:
    """What a name is bound to does and says the same, wherever it went."""
    outcome = split_files({MODULE: text.encode()})
    note(text)
    for path, content in outcome.contents.items():
        note(f"--- {path}\n{content.decode()}")
    if outcome.splits:
        assert values(outcome, False) == values(outcome, True)
        assert split_problems(outcome.before, outcome.after, outcome.splits) == []


@LAW
@given(modules())
def test_nothing_is_split_twice(text: str) -> None:
    """Every line stands somewhere, as it was; in a migrated repository nothing is to be split."""
    outcome = split_files({MODULE: text.encode()})
    options = Options("dagster", "flow")
    once = migrate(outcome.before, DAGSTER, options, lambda plan: None)
    assert once.split.read(MODULE) == outcome.after.read(MODULE)
    again = migrate(once.after, DAGSTER, options, lambda plan: None)
    assert again.plan.splits == ()
    assert again.plan.moves == ()
    assert again.plan.edits == ()
    written = b"".join(outcome.contents.values()) or text.encode()
    for line in text.encode().splitlines(keepends=True):
        if line.strip() and not line.startswith((b"import", b"from", b"__all__")):
            assert line in written
