"""What is written when a module is cut: the text of every part, byte by byte."""

from __future__ import annotations

from textwrap import dedent

import pytest

from relayout.conversions.splitting.cut import cut
from relayout.inventory import take_inventory
from relayout.planning.split import Part, Split
from relayout.source import Edit
from relayout.tree import Tree
from relayout.verification.split_unchanged import split_problems
from splitting import AROUND, MODULE, Outcome, split_files, split_text


def checked(outcome: Outcome) -> Outcome:
    """Return an outcome in which the check finds nothing wrong."""
    assert outcome.splits, outcome.findings
    assert split_problems(outcome.before, outcome.after, outcome.splits) == []
    return outcome


def test_jobs_and_schedules_part_with_their_banners_and_imports() -> None:
    outcome = checked(
        split_text('''\
        """Jobs and schedules of orders."""

        from dagster import (
            AssetSelection,
            ScheduleDefinition,
            define_asset_job,
        )

        # ---------------------------------------------------------------
        # Jobs
        # ---------------------------------------------------------------

        # what is loaded
        selection = AssetSelection.all()  # everything

        daily_job = define_asset_job(
            "daily_job",
            selection=selection,
        )

        # ---------------------------------------------------------------
        # Schedules
        # ---------------------------------------------------------------

        # at six
        daily = ScheduleDefinition(job=daily_job, cron_schedule="0 6 * * *")
        weekly = ScheduleDefinition(job=daily_job, cron_schedule="0 6 * * 1")

        __all__ = [
            # jobs
            "daily_job",

            # schedules
            "daily",
            "weekly",
        ]
        ''')
    )
    assert outcome.text("orders") == dedent('''\
        """Jobs and schedules of orders."""

        from dagster import (
            AssetSelection,
            define_asset_job,
        )

        # ---------------------------------------------------------------
        # Jobs
        # ---------------------------------------------------------------

        # what is loaded
        selection = AssetSelection.all()  # everything

        daily_job = define_asset_job(
            "daily_job",
            selection=selection,
        )

        __all__ = [
            # jobs
            "daily_job",
        ]
        ''')
    assert outcome.text("orders_schedules") == dedent('''\
        """Schedules of orders."""

        from dagster import (
            ScheduleDefinition,
        )

        from .orders import daily_job

        # ---------------------------------------------------------------
        # Schedules
        # ---------------------------------------------------------------

        # at six
        daily = ScheduleDefinition(job=daily_job, cron_schedule="0 6 * * *")
        weekly = ScheduleDefinition(job=daily_job, cron_schedule="0 6 * * 1")

        __all__ = [
            # schedules
            "daily",
            "weekly",
        ]
        ''')


MIXED = """\
import os
import json as j, sys

import dagster as dg
from dagster import asset

{between}

@asset
def orders():
    return os.sep, {reads}


@dg.asset_check(asset=orders)
def fresh():
    return j.dumps(1), {also}
"""


def mixed(between: str = "", reads: str = "1", also: str = "1") -> Outcome:
    text = MIXED.format(between=dedent(between), reads=reads, also=also)
    return split_files({MODULE: text})


def test_imports_go_where_they_are_needed_and_unused_ones_stay() -> None:
    outcome = checked(mixed())
    assert "import os\nimport sys\n\nfrom dagster import asset\n" in outcome.text("orders")
    assert outcome.text("orders_checks").startswith(
        '"""Asset checks of orders."""\n\nimport json as j\n\nimport dagster as dg\n\n'
        "from .orders import orders\n\n\n@dg.asset_check"
    )


def test_what_other_files_import_from_the_module_stays_in_it() -> None:
    text = MIXED.format(between="", reads="1", also="1")
    other = "from flow.defs.orders import j\n"
    outcome = checked(split_files({MODULE: text, "src/flow/report.py": other}))
    assert "import json as j" in outcome.text("orders")
    assert "import json as j" in outcome.text("orders_checks")


def test_what_several_parts_share_has_a_part_of_its_own() -> None:
    between = """\
    class Options(dg.Config):
        limit: int = 1


    FLAG = "x"


    def helper():
        return FLAG
    """
    outcome = checked(mixed(between, "helper(), Options", "helper(), Options"))
    assert outcome.stems == ["orders", "orders_config", "orders_utils", "orders_checks"]
    assert "FLAG" in outcome.text("orders_utils")
    assert "from .orders_config import Options\n" in outcome.text("orders")
    assert "from .orders_utils import helper\n" in outcome.text("orders_checks")


def test_what_one_part_uses_goes_with_it() -> None:
    outcome = checked(mixed("LIMIT = 1\n\n\ndef limited():\n    return LIMIT\n", "1", "limited()"))
    assert outcome.stems == ["orders", "orders_checks"]
    assert outcome.text("orders_checks").count("LIMIT") == 2


def test_what_nobody_uses_stays() -> None:
    outcome = checked(mixed("LIMIT = 1\n\n\ndef limited():\n    return LIMIT\n"))
    assert "def limited" in outcome.text("orders")


def test_loggers_and_settings_are_repeated() -> None:
    between = """\
    import logging
    import warnings

    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    logger = logging.getLogger(__name__)
    """
    outcome = checked(mixed(between, "logger", "logger"))
    for stem in ("orders", "orders_checks"):
        text = outcome.text(stem)
        assert text.count('warnings.filterwarnings("ignore", category=dg.BetaWarning)\n') == 1
        assert text.count("logger = logging.getLogger(__name__)\n") == 1
        assert text.index("import warnings") < text.index("warnings.filter")


def test_imports_on_conditions_are_taken_along() -> None:
    between = """\
    from typing import TYPE_CHECKING

    try:
        import numpy as np
    except ImportError:
        np = None

    if TYPE_CHECKING:
        from collections.abc import Mapping, Sequence
        from decimal import Decimal
    """
    outcome = checked(mixed(between, "1", 'np, Decimal\n\n\ndef _t(a: "Sequence[int]"): ...'))
    text = outcome.text("orders_checks")
    assert "except ImportError:\n    np = None\n" in text
    assert "if TYPE_CHECKING:\n    from decimal import Decimal\n" in text
    stays = outcome.text("orders")
    assert "Mapping, Sequence\n" in stays
    assert "Decimal" not in stays
    assert "numpy" not in stays


def test_star_imports_go_to_every_part_that_may_need_them() -> None:
    outcome = checked(mixed("from math import *", "1", "sqrt(4)"))
    assert "from math import *\n" in outcome.text("orders_checks")
    assert "from math import *\n" in outcome.text("orders")


def test_future_imports_are_everywhere() -> None:
    text = "from __future__ import annotations\n" + MIXED.format(between="", reads=1, also=1)
    outcome = checked(split_files({MODULE: text}))
    for content in outcome.contents.values():
        assert b"from __future__ import annotations\n" in content


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_stay(newline: str) -> None:
    text = MIXED.format(between="# about", reads="1", also="1").replace("\n", newline)
    outcome = checked(split_files({MODULE: text.encode()}))
    for content in outcome.contents.values():
        assert content.decode().replace(newline, "").count("\n") == 0
        assert content.decode().replace(newline, "").count("\r") == 0


def test_encoding_and_mark_stay() -> None:
    head = "#!/usr/bin/env python\n# -*- coding: latin-1 -*-\n# ruff: noqa\n"
    text = head + MIXED.format(between='NAME = "é"', reads="1", also="NAME")
    outcome = checked(split_files({MODULE: text.encode("latin-1")}))
    part = outcome.contents["src/flow/defs/orders_checks.py"]
    assert part.startswith(b"# -*- coding: latin-1 -*-\n# ruff: noqa\n")
    assert 'NAME = "é"'.encode("latin-1") in part
    marked = checked(
        split_files(
            {MODULE: b"\xef\xbb\xbf" + MIXED.format(between="", reads="1", also="1").encode()}
        )
    )
    assert all(content.startswith(b"\xef\xbb\xbf") for content in marked.contents.values())


def test_file_without_a_last_line_end() -> None:
    outcome = checked(split_files({MODULE: MIXED.format(between="", reads=1, also=1).rstrip()}))
    assert outcome.text("orders").endswith("return os.sep, 1\n")
    assert outcome.text("orders_checks").endswith("return j.dumps(1), 1")


def test_comments_stay_with_what_they_are_about() -> None:
    outcome = checked(
        split_text("""\
        # Copyright the orders team
        import dagster as dg

        # jobs of orders
        job = dg.define_asset_job(
            "job",
            tags={"of": "orders"},
        )  # nightly
        # tail of the job

        @dg.sensor(job=job)
        def watch():
            pass
            # nothing yet

        # more jobs

        # late
        late = dg.define_asset_job("late")
        # the end
        """)
    )
    assert outcome.stems == ["orders", "orders_sensors"]
    assert outcome.text("orders") == dedent("""\
        # Copyright the orders team
        import dagster as dg

        # jobs of orders
        job = dg.define_asset_job(
            "job",
            tags={"of": "orders"},
        )  # nightly
        # tail of the job

        # more jobs

        # late
        late = dg.define_asset_job("late")
        # the end
        """)
    part = outcome.text("orders_sensors")
    assert part.startswith("# Copyright the orders team\n")
    assert part.endswith("def watch():\n    pass\n    # nothing yet\n")


def test_statements_that_share_a_line_or_a_name_stay_together() -> None:
    between = """\
    from typing import overload
    first = 1; second = first
    third = \\
        second

    @overload
    def helper(x: int) -> int: ...
    @overload
    def helper(x: str) -> str: ...
    def helper(x):
        return x, third

    rows = []
    rows.append(1)
    rows += [2]
    ROWS: list = rows
    '''What is read.'''
    """
    outcome = checked(mixed(between, "1", "helper(1), ROWS"))
    part = outcome.text("orders_checks")
    assert "first = 1; second = first\nthird = \\\n    second\n" in part
    assert part.count("def helper") == 3
    assert "rows = []\nrows.append(1)\nrows += [2]\nROWS: list = rows\n'''What is read.'''" in part


def test_edits_are_made_before_the_text_is_cut() -> None:
    text = MIXED.format(between="from . import other", reads="1", also="other.name")
    tree = Tree.of({**AROUND, MODULE: text, "src/flow/defs/other.py": "name = 1\n"})
    inventory = take_inventory(tree)
    part = Part("src/flow/defs/orders_checks.py", "checks", ("fresh",))
    edits = []
    for old, new in (("import other", "import other_jobs"), ("other.name", "other_jobs.name")):
        start = text.index(old)
        edits.append(Edit(start, start + len(old), new, "import"))
    contents = cut(inventory, Split(MODULE, "assets", (part,)), edits)
    assert b"from . import other_jobs\n" in contents[part.path]
    assert b"other" not in contents[MODULE]


def test_outside_of_packages_parts_are_imported_by_name() -> None:
    text = MIXED.format(between="", reads="1", also="1")
    outcome = split_files({"defs/orders.py": text, "Makefile": "run:\n\tpython defs/orders.py\n"})
    assert b"\nfrom orders import orders\n" in outcome.contents["defs/orders_checks.py"]


def test_parts_are_imported_as_the_repository_imports_the_module() -> None:
    text = MIXED.format(between="", reads="1", also="1")
    main = "from defs import orders\nfrom defs.orders import fresh\n\nprint(orders, fresh)\n"
    outcome = split_files({"defs/orders.py": text, "main.py": main})
    assert b"\nfrom defs.orders import orders\n" in outcome.contents["defs/orders_checks.py"]


def test_long_imports_have_lines_of_their_own() -> None:
    names = [f"a_constant_with_a_rather_long_name_{number}" for number in range(4)]
    between = "\n".join(f"{name} = {number}" for number, name in enumerate(names))
    reads = ", ".join(names)
    outcome = checked(mixed(between, reads, reads))
    listed = "".join(f"    {name},\n" for name in names)
    assert f"from .orders_config import (\n{listed})\n" in outcome.text("orders")
