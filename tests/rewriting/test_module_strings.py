"""Strings that name modules follow them; what cannot follow for sure stays, and is reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrations import checks_of, migrate_files, migrate_tree, text_after
from relayout.migration import Migration
from relayout.planning.plan import Options

MAKE = "a:\n\tpython scripts/run.py\n"
FILES = {
    "Makefile": MAKE,
    "utils/db.py": "import json\nNAME = 1\n\n\nclass Connection:\n    kind = 1\n",
    "utils/parts/one.py": "X = 1\n",
    "utils/parts/__init__.py": "",
    "scripts/step.py": "Y = 1\n",
}
RUN = "src/pipelines/scripts/run.py"


def migrated(code: str, **more: str) -> Migration:
    files = {**FILES, "scripts/run.py": f"import utils.db\n{code}", **more}
    return migrate_files(files)


def rewritten(code: str, **more: str) -> str:
    text = text_after(migrated(code, **more), RUN)
    return text.partition("\n")[2]


def reported(migration: Migration) -> list[str]:
    return [f.message for f in migration.plan.findings if 'string "' in f.message]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f('utils.db')\n", "f('pipelines.utils.db')\n"),
        ('f("utils.db.Connection")\n', 'f("pipelines.utils.db.Connection")\n'),
        ("f(r'utils.db.Connection.kind')\n", "f(r'pipelines.utils.db.Connection.kind')\n"),
        ("f('''utils.db:NAME''')\n", "f('''pipelines.utils.db:NAME''')\n"),
        ("f(u'utils.parts')\n", "f(u'pipelines.utils.parts')\n"),
        ("f('utils.parts.one')  # x\n", "f('pipelines.utils.parts.one')  # x\n"),
        ("f('ext://utils.db.NAME')\n", "f('ext://pipelines.utils.db.NAME')\n"),
        ("f('utils.db.' 'NAME')\n", "f('pipelines.utils.db.' 'NAME')\n"),
        ("f(\n    'utils.db'\n    '.NAME'\n)\n", "f(\n    'pipelines.utils.db'\n    '.NAME'\n)\n"),
        ("é = 'é'; f('utils.db')\n", "é = 'é'; f('pipelines.utils.db')\n"),
        ("patch('step.Y')\n", "patch('step.Y')\n"),
        ("m.patch('step.Y')\n", "m.patch('pipelines.scripts.step.Y')\n"),
        ("m.patch('utils.db.json.dumps')\n", "m.patch('pipelines.utils.db.json.dumps')\n"),
        ("m.patch('utils.db.unknown')\n", "m.patch('pipelines.utils.db.unknown')\n"),
        ("m.patch(f'utils.db.{x}')\n", "m.patch(f'pipelines.utils.db.{x}')\n"),
        ("m.patch(F'utils.db.{x!r:>{y}}z')\n", "m.patch(F'pipelines.utils.db.{x!r:>{y}}z')\n"),
        ("m.patch(f'utils.parts.{x}')\n", "m.patch(f'pipelines.utils.parts.{x}')\n"),
        ("m.patch(x or 'utils.db.NAME')\n", "m.patch(x or 'pipelines.utils.db.NAME')\n"),
        ("n = 'step'\n__import__(n)\n", "n = 'pipelines.scripts.step'\n__import__(n)\n"),
    ],
)
def test_only_the_name_between_the_quotes_changes(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(
    "code",
    [
        "f('utils')\n",
        "f('utils.missing')\n",
        "f('utils.db.missing')\n",
        "f('utils.db.json.csv')\n",
        "f('utils.dbx', 'xutils.db', 'json.dumps', 'os.path')\n",
        "f('import utils.db', 'utils.db is a module', 'utils.db\\n')\n",
        "f(b'utils.db')\n",
        "f(f'{x}utils.db')\n",
        "f('step', 'Step')\n",
        "print('utils.db')\n",
        "# 'utils.db'\n",
    ],
)
def test_nothing_else_changes_and_nothing_is_said(code: str) -> None:
    migration = migrated(code)
    assert text_after(migration, RUN).partition("\n")[2] == code
    assert reported(migration) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("f('\\x75tils.db')\n", "does not spell the name out"),
        ("f('utils' '.db')\n", "does not spell the name out"),
        ("__import__('utils.' + 'db')\n", "does not spell the name out"),
        ("x = __import__('utils.db')\n", "first package"),
        ("n = 'step'\nprint(n)\n__import__(n)\n", "something else too"),
        ("TABLE = 'utils.db'\n", "may be the name of something else"),
        ("f('utils.db.')\n", "may be the name of something else"),
        ("f(f'utils.parts.{x}')\n", "may be the name of something else"),
    ],
)
def test_what_cannot_follow_for_sure_stays_and_is_reported(code: str, why: str) -> None:
    migration = migrated(code)
    assert text_after(migration, RUN).partition("\n")[2] == code
    [message] = reported(migration)
    assert why in message
    finding = next(f for f in migration.plan.findings if f.message == message)
    assert (finding.code, finding.path) == ("reference-not-followed", RUN)
    assert code.splitlines()[finding.line - 2].count("'")


def test_a_module_in_quarantine_has_no_name_for_what_is_placed() -> None:
    files = {**FILES, "scripts/run.py": "import utils.db\n__import__('old.two')\n"}
    migration = migrate_files(
        {**files, "old/two.py": ""}, Options("src-layout", quarantine=("old/*",))
    )
    [message] = reported(migration)
    assert "__legacy/old/two.py" in message
    assert "no name that can be imported" in message


def test_quarantined_code_follows_what_moved_and_reports_nothing() -> None:
    more = {"old/try.py": "f('utils.db')\nTABLE = 'utils.db'\n"}
    migration = migrated("", **more)
    text = text_after(migration, "__legacy/old/try.py")
    assert text == "f('utils.db')\nTABLE = 'utils.db'\n"
    assert reported(migration) == []


def test_a_prefix_of_modules_that_came_apart_stays() -> None:
    code = "from importlib import import_module\nimport_module(f'utils.parts.{x}')\n"
    files = {**FILES, "scripts/run.py": code, "utils/parts/two.py": ""}
    options = Options("src-layout", place=(("utils/parts/two.py", "src/pipelines/far/two.py"),))
    migration = migrate_files(files, options)
    assert text_after(migration, RUN) == code
    assert ["different places" in message for message in reported(migration)] == [True]


def test_a_name_that_was_broken_is_repaired_if_one_module_can_be_meant() -> None:
    code = "import importlib\nimportlib.import_module('helpers.clock')\n"
    files = {"Makefile": MAKE, "scripts/run.py": code, "lib/helpers/clock.py": "NOW = 1\n"}
    migration = migrate_files(files)
    assert "import_module('pipelines." in text_after(migration, RUN)
    assert "import-repaired" in {f.code for f in migration.plan.findings}


def test_a_name_reached_through_a_dotted_import_of_what_moved_is_reported() -> None:
    more = {"utils/db.py": "import utils.parts.one\nNAME = utils.parts.one.X\n"}
    migration = migrated("m.patch('utils.db.utils.parts')\n", **more)
    [message] = reported(migration)
    assert "reaches utils.parts.one by the name utils" in message


def test_a_relative_name_of_an_unknown_package_is_reported_if_its_module_was_renamed() -> None:
    code = (
        "from importlib import import_module\nimport_module('.one', p)\nimport_module('.no', p)\n"
    )
    files = {**FILES, "scripts/run.py": code}
    options = Options("src-layout", place=(("utils/parts/one.py", "src/pipelines/far/uno.py"),))
    [message] = reported(migrate_files(files, options))
    assert '".one" may name src/pipelines/far/uno.py' in message
    assert reported(migrate_files(files)) == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("def f(x):\n    return __import__(x)\n", [3]),
        ("from importlib import import_module as im\nim(a[0])\nim(b())\n", [3]),
        ("from importlib import import_module as im\nim('step')\nim(f'utils.parts.{x}')\n", []),
        ("from importlib import import_module as im\nim(__name__ + x)\n", []),
        ("import sys\nsys.modules[x]\nm.patch(x)\n", []),
    ],
)
def test_a_file_that_loads_by_names_from_elsewhere_is_reported_once(
    code: str, lines: list[int]
) -> None:
    findings = migrated(code).plan.findings
    assert [f.line for f in findings if f.code == "module-name-unknown"] == lines


def test_a_setup_script_is_left_as_it_was() -> None:
    setup = "from setuptools import setup\nsetup(packages=['utils.parts'])\n"
    migration = migrated("import utils.parts\n", **{"setup.py": setup})
    assert text_after(migration, "setup.py") == setup
    assert any("setup.py is left" in message for message in reported(migration))


def test_line_ends_tabs_and_encodings_stay() -> None:
    code = "# -*- coding: latin-1 -*-\r\nif 1:\r\n\tf('utils.db', 'ü')\r\n"
    files = {**FILES, "scripts/run.py": "import utils.db\n"}
    content = {path: text.encode() for path, text in files.items()}
    content["scripts/other.py"] = code.encode("latin-1")
    content["Makefile"] = MAKE.encode() + b"\tpython scripts/other.py\n"
    after = migrate_files(content).after.read("src/pipelines/scripts/other.py")
    assert after == code.replace("utils.db", "pipelines.utils.db").encode("latin-1")


FORMS = (
    "m.patch('{name}')\n",
    "f(x='{name}')\n",
    "X = ['{name}', \"{name}\"]\n",
    "import pkgutil\npkgutil.resolve_name('''{name}''')\n",
    "print('{name}')\n",
    "TABLE = '{name}'\n",
    "m.patch(f'{name}.{{x}}')\n",
    "'{name}'\n",
    "import logging\nlogging.getLogger('{name}')\n",
    "X = '{name}'; Y = f'{{X}}.a'\n",
    "run('python -m {name} && python -m {name}')\n",
    "X = '\\x75' '{name}'\n",
)
NAMES = ("utils.db", "utils.db.NAME", "utils.parts", "utils.parts.one", "step", "step.Y", "json.x")


@given(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(NAMES)), max_size=6))
def test_any_mixture_is_proven_and_leaves_nothing_for_a_second_plan(
    forms: list[tuple[str, str]],
) -> None:
    """The checks compare trees exactly, and what every edited string names before and after."""
    migration = migrated("".join(form.format(name=name) for form, name in forms))
    check = checks_of(migration)["code-unchanged"]
    assert check.passed, check.details
    again = migrate_tree(migration.after)
    assert again.plan.edits == ()
