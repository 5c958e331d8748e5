"""Which modules are split, into what, and which are left."""

from __future__ import annotations

from textwrap import dedent

import pytest

from relayout.planning.plan import Options
from splitting import FOLDER, MODULE, Outcome, split_files, split_text

ASSETS = """\
import dagster as dg


@dg.asset
def orders():
    # reads
    return 1
"""
CHECK = "\n\n@dg.asset_check(asset=orders)\ndef fresh():\n    return 1\n"
JOB = '\n\njob = dg.define_asset_job("job", selection=[orders])\n'
SCHEDULE = "\n\ndaily = dg.ScheduleDefinition(job=job, cron_schedule='@daily')\n"
DEFINITIONS = "\n\ndefs = dg.Definitions(assets=[orders])\n"


def parts(outcome: Outcome) -> dict[str, tuple[str, ...]]:
    """Return the names of each part, by its stem; what stays is not among them."""
    found = {}
    for split in outcome.splits:
        for part in split.parts:
            found[part.path.rpartition("/")[2].removesuffix(".py")] = part.names
    return found


def reason(outcome: Outcome) -> tuple[int, str]:
    """Return the line and the reason of the only finding; nothing is split."""
    assert outcome.splits == ()
    (finding,) = outcome.findings
    assert finding.code == "not-split"
    return finding.line, finding.message.partition("not split: ")[2]


def test_each_section_has_a_part_of_its_own() -> None:
    outcome = split_text(ASSETS + CHECK + JOB + SCHEDULE)
    assert outcome.splits[0].section == "assets"
    assert parts(outcome) == {
        "orders_checks": ("fresh",),
        "orders_jobs": ("job",),
        "orders_schedules": ("daily",),
    }


def test_one_section_with_what_supports_it_stays_whole() -> None:
    support = "\n\nclass Options(dg.Config):\n    limit: int = 1\n\n\ndef helper():\n    return 1\n"
    outcome = split_text(ASSETS + support)
    assert (outcome.splits, outcome.findings) == ((), ())


def test_the_section_that_a_module_is_named_for_stays() -> None:
    outcome = split_text(ASSETS + JOB, f"{FOLDER}/order_jobs.py")
    assert outcome.splits[0].section == "jobs"
    assert parts(outcome) == {"order_jobs_assets": ("orders",)}


def test_a_part_is_not_called_what_the_module_is_called_for_already() -> None:
    outcome = split_text(ASSETS + JOB + SCHEDULE, f"{FOLDER}/jobs.py")
    assert set(parts(outcome)) == {"jobs_assets", "jobs_schedules"}


def test_names_that_are_taken_are_not_given() -> None:
    taken = {f"{FOLDER}/Orders_Jobs.py": "", f"{FOLDER}/orders_schedules/__init__.py": ""}
    outcome = split_files({MODULE: ASSETS + JOB + SCHEDULE, **taken})
    assert set(parts(outcome)) == {"orders_jobs_3", "orders_schedules_3"}


def test_definitions_stay_only_where_they_are_looked_for() -> None:
    outcome = split_text(ASSETS + DEFINITIONS)
    assert parts(outcome) == {"orders_definitions": ("defs",)}
    outcome = split_text(ASSETS + DEFINITIONS, "src/flow/definitions.py")
    assert parts(outcome) == {"definitions_assets": ("orders",)}


def test_one_of_several_definitions_objects_stays_with_what_it_lists() -> None:
    other = f"{FOLDER}/more.py"
    outcome = split_files({MODULE: ASSETS + JOB + DEFINITIONS, other: ASSETS + DEFINITIONS})
    line, why = reason(outcome)
    assert (line, why.partition(",")[0]) == (
        13,
        "other modules have a Definitions object as well",
    )


def test_ops_go_with_the_assets_that_are_made_of_them() -> None:
    graph = """\
    import dagster as dg


    @dg.op
    def read():
        return 1


    @dg.graph_asset
    def orders():
        return read()
    """
    outcome = split_text(graph)
    assert (outcome.splits, outcome.findings) == ((), ())
    outcome = split_text(dedent(graph) + "\n\n@dg.job\ndef nightly():\n    read()\n")
    assert outcome.splits[0].section == "jobs"
    assert parts(outcome) == {"orders_assets": ("orders",)}


@pytest.mark.parametrize(
    ("code", "line", "why"),
    [
        ("print(orders)", 12, "code that runs there may need what stands above it"),
        ("for name in 'ab':\n    print(name)", 12, "code that runs there may need"),
        ("dg.asset.name = 1", 12, "code there changes what was imported"),
        ("def f():\n    global orders\n    orders = 1", 12, "a function there gives orders a"),
        ("__all__ = [n for n in dir()]", 12, "code that runs there may need"),
        ("import orders", 12, "orders is imported, and defined as well"),
        ("names = globals()", 12, "globals() there may read any name of the module"),
        ("def f():\n    return eval('orders')", 13, "eval() there may read any name"),
        ("found = dg.load_assets_from_current_module()", 12, "load_assets_from_current_module"),
        ("import sys\nme = sys.modules['x']", 13, "modules are looked up there by their names"),
        ("text = __doc__", 12, "__doc__ is that of the module"),
        ("def __getattr__(name): ...", 12, "the module says itself which names it has"),
        ("def f():\n    nonlocal x", 12, "a statement there is none that a module can have"),
        ("rows = []\nfirst = rows\nrows.append(1)", 13, "rows is used there, and changed further"),
        ("def f(): return x\nif __name__ == '__main__':\n    x = 1", 13, "x is bound there, for"),
        ("if __name__ == '__main__':\n    orders = 1", 12, "orders is bound there, for code"),
        ("if orders:\n    x = 1\ny = x", 12, "x is bound there on a condition"),
        (
            "try:\n    x = 1\nexcept OSError:\n    pass\ndef f(): return x",
            12,
            "x is bound there on",
        ),
        ("del orders", 12, "code that runs there may need what stands above it"),
        ("logger = logging = logging.getLogger(orders)", 12, "what is set there depends on a"),
    ],
)
def test_why_a_module_is_not_split(code: str, line: int, why: str) -> None:
    found, said = reason(split_text(f"{ASSETS}{CHECK.lstrip()}\n{code}\n"))
    assert said.startswith(why)
    assert found == line


def test_definitions_that_need_each_other_stay_together() -> None:
    code = "import dagster as dg\n\n\n@dg.asset\ndef orders():\n    return job\n"
    assert reason(split_text(code + JOB)) == (4, "its definitions need each other")


def test_parts_that_need_each_other_stay_together_while_others_go() -> None:
    code = "import dagster as dg\n\n\n@dg.asset\ndef orders():\n    return job\n"
    outcome = split_text(code + JOB + CHECK)
    assert parts(outcome) == {"orders_checks": ("fresh",)}


def test_late_imports_of_the_repository_leave_a_module_whole() -> None:
    text = ASSETS + CHECK + "\nfrom .other import helper\n"
    outcome = split_files({MODULE: text, f"{FOLDER}/other.py": "def helper(): ...\n"})
    assert reason(outcome) == (
        14,
        "a module of the repository is imported below definitions",
    )
    outcome = split_text(ASSETS + CHECK + "\nimport json\n")
    assert outcome.splits


def test_definitions_in_the_package_itself_are_told() -> None:
    outcome = split_files({f"{FOLDER}/__init__.py": ASSETS + CHECK})
    (finding,) = outcome.findings
    assert (finding.code, finding.line) == ("definitions-in-init", 4)
    assert outcome.splits == ()


@pytest.mark.parametrize(
    "path",
    [
        "src/flow/assets/raw.py",
        "src/flow/jobs/jobs.py",
        "tests/test_orders.py",
        "__legacy/orders.py",
        "src/flow/defs/order-jobs.ipynb",
    ],
)
def test_what_has_its_place_is_not_split(path: str) -> None:
    outcome = split_text(ASSETS + CHECK + JOB, path)
    assert outcome.splits == ()


def test_what_a_person_places_is_not_split() -> None:
    for options in (
        Options("dagster", keep=("src/flow/defs/*",)),
        Options("dagster", quarantine=(MODULE,)),
        Options("dagster", place=((MODULE, "src/flow/assets"),)),
    ):
        assert split_files({MODULE: ASSETS + CHECK}, options).splits == ()


def test_a_name_that_cannot_be_imported() -> None:
    line, why = reason(split_text(ASSETS + CHECK, f"{FOLDER}/order-assets.py"))
    assert (line, why) == (1, "its name is none that can be imported")


def test_a_module_that_a_package_hides() -> None:
    package = f"{FOLDER}/orders/__init__.py"
    line, why = reason(split_files({MODULE: ASSETS + CHECK, package: ""}))
    assert (line, why) == (1, "a package of its name is found in its place")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"import dagster as dg\n@dg.asset\ndef a(",
        (ASSETS + CHECK).encode() + b"x = " + b"(" * 5000,
        (ASSETS + CHECK).encode() + b"x = " + b"-" * 3000 + b"1\n",
        (ASSETS + CHECK).encode() + b"x = '" + b"a" * 1_000_000 + b"'\n",
        (ASSETS + CHECK + JOB).encode() + b"a = b = 1; " * 3000,
        (ASSETS + CHECK).encode() + b"if dg:\n    a = 1\n" + b"elif dg:\n    a = 1\n" * 3000,
    ],
)
def test_malformed_files_never_raise(content: bytes) -> None:
    split_files({MODULE: content})
